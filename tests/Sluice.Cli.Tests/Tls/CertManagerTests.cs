using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Tls;

/// <summary>
/// What cert-manager does with an annotated Gateway, played by the test: it answers a challenge with an HTTPRoute of its own, writes
/// the Secret after the Gateway, and writes it anew when it renews the certificate.
/// </summary>
public sealed class CertManagerTests : IAsyncLifetime
{
    private const string Host = "shop.example.com";

    private readonly ManifestFolder _folder = new();
    private readonly TestAuthority _issuer = new();
    private readonly int _http = FreePort.Next();
    private readonly int _https = FreePort.Next();
    private EchoBackend _backend = null!;
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await EchoBackend.StartAsync("shop");
        _folder.Write("shop.yaml", $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: web
              annotations: {cert-manager.io/cluster-issuer: letsencrypt}
            spec:
              gatewayClassName: sluice
              listeners:
                - {name: http, port: {{_http}}, protocol: HTTP}
                - {name: https, port: {{_https}}, protocol: HTTPS, hostname: {{Host}}, tls: {certificateRefs: [{name: shop-tls}]} }
            ---

            """ + Route("shop", "web", Host, "shop") + Service("shop", _backend.Port));
        _sluice = await RunningSluice.StartAsync(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        await _backend.DisposeAsync();
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Secret_NotThereYet_KeepsOnlyItsListenerFromServing()
    {
        var problem = await _sluice.Process.WaitForErrorLineAsync("InvalidCertificateRef");

        Assert.Contains("listener https", problem, StringComparison.Ordinal);
        Assert.Contains("shop-tls", problem, StringComparison.Ordinal);
        Assert.Equal("shop", (await _sluice.GetAsync(_http, Host, "/")).Pod);
    }

    [Fact]
    public async Task Challenge_OfATemporaryRoute_IsAnsweredOverHttp()
    {
        await using var solver = await EchoBackend.StartAsync("solver");
        _folder.Write("solver.yaml", $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: cm-acme-http-solver}
            spec:
              parentRefs: [{name: web}]
              hostnames: [{{Host}}]
              rules:
                - matches: [{path: {type: Exact, value: /.well-known/acme-challenge/token} }]
                  backendRefs: [{name: solver, port: 80}]
            ---

            """ + Service("solver", solver.Port));

        var challenge = await _sluice.GetUntilAsync(answer => answer.Pod == "solver", _http, Host, "/.well-known/acme-challenge/token");

        Assert.Equal(200, challenge.Status);
        Assert.Equal("shop", (await _sluice.GetAsync(_http, Host, "/.well-known/acme-challenge/other")).Pod);
    }

    [Fact]
    public async Task Secret_WrittenLaterAndRenewed_IsServedWithoutTouchingConnections()
    {
        var (first, firstThumbprint) = _issuer.Secret("shop-tls", Host);
        var (second, secondThumbprint) = _issuer.Secret("shop-tls", Host);
        await _sluice.Process.WaitForErrorLineAsync("InvalidCertificateRef");

        _folder.Write("secret.yaml", first);
        await _sluice.Process.WaitForErrorLineAsync("listener https: no problems any more");
        await using var before = await TlsConnection.OpenAsync(_https, Host, _issuer.Certificate);
        var early = await before.GetAsync("/early");
        _folder.Write("secret.yaml", second);
        await using var after = await TlsConnection.OpenUntilAsync(secondThumbprint, _https, Host, _issuer.Certificate);
        var late = await after.GetAsync("/late");
        var still = await before.GetAsync("/still");

        Assert.Equal(firstThumbprint, before.Thumbprint);
        Assert.Equal(200, early.Status);
        Assert.Contains("\"/late\"", late.Body, StringComparison.Ordinal);
        Assert.Equal(200, still.Status);
        Assert.Contains("\"/still\"", still.Body, StringComparison.Ordinal);
    }
}
