using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

/// <summary>A kubeconfig's proxy-url, as Go's programs take it: with a user and password.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);

    public ProxyTests() => _proxy.Start();

    public void Dispose()
    {
        _proxy.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task UserAndPassword_AreGivenToTheProxyThatAsks()
    {
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of(cluster: $"server: http://api.test:80\nproxy-url: http://us%40er:pass%3Aword@127.0.0.1:{((IPEndPoint)_proxy.LocalEndpoint).Port}"));
        using var client = new KubernetesClient(access);
        var asking = client.GetPathAsync("/version", TestContext.Current.CancellationToken);

        using var socket = await _proxy.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(socket.GetStream());
        Assert.DoesNotContain(await HeadAsync(reader), line => line.StartsWith("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase));
        await AnswerAsync(socket, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"", "");
        var head = await HeadAsync(reader);
        await AnswerAsync(socket, "200 OK", "{}");

        Assert.Equal("GET http://api.test/version HTTP/1.1", head[0]);
        Assert.Contains($"Proxy-Authorization: Basic {KubeConfigText.Base64("us@er:pass:word")}", head);
        Assert.Equal("{}", Encoding.UTF8.GetString((await asking).Span));
    }

    private static async Task<List<string>> HeadAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }

    private static async Task AnswerAsync(TcpClient socket, string head, string body) =>
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\n\r\n{body}"), TestContext.Current.CancellationToken);
}
