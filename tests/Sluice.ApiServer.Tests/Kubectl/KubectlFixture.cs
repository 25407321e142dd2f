using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;
using Sluice.Proxy;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Tests.Kubectl;

/// <summary>An API served on a port by Sluice's own engine, and kubectl as its client.</summary>
public sealed class KubectlFixture : IAsyncLifetime
{
    private readonly ProxyServer _server = new(new ProxyOptions { Workers = 1 });
    private readonly KubernetesApi _api;
    private readonly string? _token;
    private KubectlClient _client = null!; // Set by InitializeAsync.

    public KubectlFixture()
        : this(null)
    {
    }

    internal KubectlFixture(string? token)
    {
        _token = token;
        _api = KubernetesApi.Start(new KubernetesApiOptions { Token = token });
    }

    public async ValueTask InitializeAsync()
    {
        var endPoint = await _server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), _api.Handler, _token is null ? null : Tls());

        // kubectl sends tokens over TLS only.
        _client = _token is null
            ? new KubectlClient(new Uri($"http://{endPoint}"))
            : new KubectlClient(new Uri($"https://{endPoint}"), $"--token={_token}", "--insecure-skip-tls-verify");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _server.DisposeAsync();
        _client.Dispose();
    }

    /// <inheritdoc cref="KubectlClient.FileOf"/>
    public string FileOf(string text) => _client.FileOf(text);

    public Task<string> OkAsync(params string[] arguments) => _client.OkAsync(arguments);

    public Task<KubectlResult> RunAsync(params string[] arguments) => _client.RunAsync(arguments);

    /// <inheritdoc cref="KubectlClient.Start"/>
    public Process Start(params string[] arguments) => _client.Start(arguments);

    /// <inheritdoc cref="KubectlClient.Variables"/>
    public Dictionary<string, string> Variables => _client.Variables;

    private static LocalTls Tls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new LocalTls("api", new TlsCertificate { Name = "test", Chain = certificate.ExportCertificatePem(), PrivateKey = new PrivateKey(key.ExportPkcs8PrivateKeyPem()) });
    }
}
