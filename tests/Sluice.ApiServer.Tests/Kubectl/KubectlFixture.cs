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
    private readonly string _home = Directory.CreateTempSubdirectory("sluice-kubectl-").FullName;
    private readonly string? _token;
    private IPEndPoint _endPoint = new(IPAddress.Loopback, 0);

    public KubectlFixture()
        : this(null)
    {
    }

    internal KubectlFixture(string? token)
    {
        _token = token;
        _api = KubernetesApi.Start(new KubernetesApiOptions { Token = token });
    }

    public async ValueTask InitializeAsync() => _endPoint = await _server.ListenLocalAsync(_endPoint, _api.Handler, _token is null ? null : Tls());

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    /// <summary>A file with the text, for -f.</summary>
    public string FileOf(string text)
    {
        var file = Path.Combine(_home, Guid.NewGuid().ToString("N") + ".yaml");
        File.WriteAllText(file, text);
        return file;
    }

    public async Task<string> OkAsync(params string[] arguments) => (await RunAsync(arguments)).Expect().Output;

    public async Task<KubectlResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new KubectlResult(process.ExitCode, await output, await error);
    }

    /// <summary>A kubectl that goes on, such as a watch. End it by <see cref="Process.Kill()"/>.</summary>
    public Process Start(params string[] arguments)
    {
        // kubectl sends tokens over TLS only.
        string[] token = _token is null ? [] : [$"--token={_token}", "--insecure-skip-tls-verify"];
        var start = new ProcessStartInfo(KubectlProgram.Path, ["--server", $"{(_token is null ? "http" : "https")}://{_endPoint}", "--cache-dir", Path.Combine(_home, "cache"), .. token, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = _home;
        start.Environment["KUBECONFIG"] = "/dev/null";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>More of the environment of every kubectl that is started from now on.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    private static LocalTls Tls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new LocalTls("api", new TlsCertificate { Name = "test", Chain = certificate.ExportCertificatePem(), PrivateKey = new PrivateKey(key.ExportPkcs8PrivateKeyPem()) });
    }
}
