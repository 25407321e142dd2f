using System.Net.Sockets;
using System.Security.Authentication;
using Sluice.Conformance.Tests.Support;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class TlsClientTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Handshake_ServerThatAsksForACertificateOrNot_IsTold(bool isAsked, bool isShown)
    {
        string? shown = null;
        await using var server = new TlsServer(isAsked, async stream =>
        {
            shown = stream.RemoteCertificate?.Subject;
            await stream.WriteAsync("x"u8.ToArray());
        });
        var client = new TlsClient("abc.example.com", TlsServer.Authority("tls-checks-ca-certificate"), isShown ? TlsServer.Certificate("tls-checks-client-certificate") : null);

        await using var stream = await client.HandshakeAsync(await ConnectAsync(server), null, TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);

        Assert.Equal(isAsked, client.CertificateWasRequested);
        Assert.Equal(isAsked && isShown ? "CN=default" : null, shown);
    }

    [Theory]
    [InlineData("abc.example.com", "mismatch-ca-certificate")]
    [InlineData("tls.example.com", "tls-checks-ca-certificate")]
    public async Task Handshake_CertificateOfAnotherAuthorityOrName_Fails(string name, string authority)
    {
        await using var server = new TlsServer(false, _ => Task.CompletedTask);
        var client = new TlsClient(name, TlsServer.Authority(authority));

        await Assert.ThrowsAsync<AuthenticationException>(async () => await client.HandshakeAsync(await ConnectAsync(server), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Send_ServerNameAndHostThatDiffer_AreBothSent()
    {
        string? serverName = null;
        string? request = null;
        await using var server = new TlsServer(false, async stream =>
        {
            serverName = stream.TargetHostName;
            var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                request += $"{line}\n";
            await stream.WriteAsync("HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });
        using var client = new ProbeClient();

        var answer = await client.SendAsync(
            new HttpRequest(server.EndPoint, "GET", "other.example.net", "/", []) { Tls = new TlsClient("abc.example.com", TlsServer.Authority("tls-checks-ca-certificate")) },
            TestContext.Current.CancellationToken);

        Assert.Equal(421, answer.Status);
        Assert.Equal("abc.example.com", serverName);
        Assert.StartsWith("GET / HTTP/1.1\n", request, StringComparison.Ordinal);
        Assert.Contains("Host: other.example.net\n", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.org", true)]
    [InlineData("EXAMPLE.ORG", true)]
    [InlineData("third-example.wildcard.org", true)]
    [InlineData("a.example.org", false)]
    [InlineData("org", false)]
    [InlineData(".org", false)]
    [InlineData("wildcard.org", true)]
    [InlineData("example.com", false)]
    public void Cover_NamesOfTheSuitesCertificate_AreFirstLabelsAlone(string name, bool isCovered)
    {
        using var certificate = TlsServer.Certificate("tls-validity-checks-certificate");

        Assert.Equal(isCovered, ServerNames.Cover(certificate, name));
    }

    private static async Task<Stream> ConnectAsync(TlsServer server)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(server.EndPoint, TestContext.Current.CancellationToken);
        return new NetworkStream(client, ownsSocket: true);
    }
}
