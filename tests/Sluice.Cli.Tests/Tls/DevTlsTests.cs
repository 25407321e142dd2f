using System.Security.Cryptography.X509Certificates;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Tls;

public sealed class DevTlsTests : IAsyncLifetime
{
    private const string Host = "shop.example.com";

    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _data = new();
    private readonly int _port = FreePort.Next();
    private EchoBackend _backend = null!;

    private string AuthorityFile => Path.Combine(_data.Path, "sluice", "dev-tls", "ca.crt");

    public async ValueTask InitializeAsync()
    {
        _backend = await EchoBackend.StartAsync("shop");
        _folder.Write("shop.yaml", $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: web}
            spec:
              gatewayClassName: sluice
              listeners: [{name: https, port: {{_port}}, protocol: HTTPS, tls: {certificateRefs: [{name: shop-tls}]} }]
            ---

            """ + Route("shop", "web", Host, "shop") + Service("shop", _backend.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_SecretMissing_ServesACertificateOfTheAuthorityThatIsKept()
    {
        string authority;
        await using (var sluice = await StartAsync())
        {
            var line = await sluice.Process.WaitForLineAsync("Secret default/shop-tls does not exist: --dev-tls issued a certificate for localhost, shop.example.com, 127.0.0.1, valid until ");
            Assert.EndsWith($"signed by {AuthorityFile}", line, StringComparison.Ordinal);
            authority = await File.ReadAllTextAsync(AuthorityFile, TestContext.Current.CancellationToken);
            await AssertServedAsync(Host);
            await AssertServedAsync("localhost");
        }

        await using (await StartAsync())
            await AssertServedAsync(Host);

        Assert.Equal(authority, await File.ReadAllTextAsync(AuthorityFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_RouteForAnotherHost_GetsACertificateForItToo()
    {
        await using var sluice = await StartAsync();

        _folder.Write("cart.yaml", Route("cart", "web", "cart.example.com", "shop"));
        await sluice.Process.WaitForLineAsync("issued a certificate for cart.example.com, localhost, shop.example.com, 127.0.0.1");

        await AssertServedAsync("cart.example.com");
        await AssertServedAsync(Host);
    }

    [Fact]
    public async Task Run_SecretThatComesLater_TakesThePlace()
    {
        using var issuer = new TestAuthority();
        await using var sluice = await StartAsync();
        await AssertServedAsync(Host);
        var (secret, thumbprint) = issuer.Secret("shop-tls", Host);

        _folder.Write("secret.yaml", secret);
        await sluice.Process.WaitForLineAsync("Secret default/shop-tls exists now and is served instead");

        await using var connection = await TlsConnection.OpenAsync(_port, Host, issuer.Certificate);
        Assert.Equal(thumbprint, connection.Thumbprint);
    }

    [Fact]
    public async Task Run_WithoutAFolderForData_SaysWhatToSet()
    {
        await using var process = SluiceProcess.StartWith(["--unset=XDG_DATA_HOME", "--unset=HOME"], "run", _folder.Path, "--dev-tls", "--admin", "off");

        var result = await process.WaitForExitAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--dev-tls keeps its authority in $XDG_DATA_HOME or $HOME/.local/share", result.Error, StringComparison.Ordinal);
    }

    private Task<RunningSluice> StartAsync() => RunningSluice.StartWithAsync([$"XDG_DATA_HOME={_data.Path}"], _folder.Path, "--dev-tls");

    private async Task AssertServedAsync(string host)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(AuthorityFile);
        await using var connection = await TlsConnection.OpenAsync(_port, host, authority);
        var (status, _) = await connection.GetAsync("/");
        Assert.Equal(host == "localhost" ? 404 : 200, status);
    }
}
