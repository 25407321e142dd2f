using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Echo;

public sealed class EchoTlsTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly X509Certificate2 _certificate;

    public EchoTlsTests()
    {
        using var key = RSA.Create(2048);
        _certificate = new CertificateRequest("CN=echo.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _folder.Write("crt.pem", _certificate.ExportCertificatePem());
        _folder.Write("key.pem", key.ExportRSAPrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Tls_Request_ShowsWhatTheClientAskedForAndShowed()
    {
        await using var echo = await StartAsync("--tls");
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server?.GetCertHashString() == _certificate.Thumbprint;
        handler.SslOptions.ClientCertificates = [_certificate];
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate;
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://127.0.0.1:{echo.TlsPort}/a"));
        request.Headers.Host = "sni.test"; // It is the server name too.

        using var json = JsonDocument.Parse((await HttpAnswer.SendAsync(client, request)).Body);

        var tls = json.RootElement.GetProperty("tls");
        Assert.Equal("sni.test", tls.GetProperty("serverName").GetString());
        Assert.Equal(_certificate.ExportCertificatePem(), Assert.Single(tls.GetProperty("peerCertificates").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task TcpTls_Client_IsGreetedAndToldOfTls()
    {
        await using var echo = await StartAsync("--tcp-tls");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", echo.TcpTlsPort, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, server, _, _) => server?.GetCertHashString() == _certificate.Thumbprint);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "sni.test" }, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };

        Assert.Equal("Gateway API Test TCP Server", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await writer.WriteLineAsync("IS_TLS");
        Assert.Equal("true", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await writer.WriteLineAsync("TEST");
        using var json = JsonDocument.Parse((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!);
        Assert.Equal("sni.test", json.RootElement.GetProperty("tls").GetProperty("serverName").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientCa_Certificate_MustBeOfItWhenItIsShown(bool isOfIt)
    {
        await using var echo = await StartAsync("--tls", "--client-ca", _folder["crt.pem"]);
        using var key = RSA.Create(2048);
        using var foreign = new CertificateRequest("CN=foreign", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        using var withoutAny = Client(null);
        using var withOne = Client(isOfIt ? _certificate : foreign);
        var uri = new Uri($"https://127.0.0.1:{echo.TlsPort}/a");

        Assert.Equal(HttpStatusCode.OK, (await withoutAny.GetAsync(uri, TestContext.Current.CancellationToken)).StatusCode);
        if (isOfIt)
            Assert.Equal(HttpStatusCode.OK, (await withOne.GetAsync(uri, TestContext.Current.CancellationToken)).StatusCode);
        else
            await Assert.ThrowsAsync<HttpRequestException>(() => withOne.GetAsync(uri, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--tls", "0")]
    [InlineData("--client-ca", "crt.pem")]
    [InlineData("--certificate", "crt.pem")]
    [InlineData("--tls", "0", "--certificate", "missing.pem", "--key", "missing.pem")]
    public async Task Tls_WithoutItsParts_IsRefused(params string[] arguments)
    {
        var result = await SluiceProcess.RunAsync(["echo", "--port", "0", .. arguments]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("echo: ", result.Error, StringComparison.Ordinal);
    }

    private HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server?.GetCertHashString() == _certificate.Thumbprint;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        return new HttpClient(handler);
    }

    private Task<EchoBackend> StartAsync(string option, params string[] others) =>
        EchoBackend.StartAsync("pod-6", [option, "0", "--certificate", _folder["crt.pem"], "--key", _folder["key.pem"], .. others]);
}
