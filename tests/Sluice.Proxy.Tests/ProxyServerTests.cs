using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Tests;

public sealed class ProxyServerTests
{
    [Fact]
    public async Task Apply_ForwardRule_AnswersFromTheBackend()
    {
        using var backend = new TcpListener(IPAddress.Loopback, 0);
        backend.Start();
        var backendPort = ((IPEndPoint)backend.LocalEndpoint).Port;
        var port = FreePort();
        await using var proxy = new ProxyServer(new ProxyOptions { Workers = 1 });
        var result = await proxy.ApplyAsync(ForwardTo(backendPort, port));
        Assert.Empty(result.Errors);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /x?y=1 HTTP/1.1\r\nHost: a.example\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var accepted = await backend.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var seen = await ReadUntil(accepted.GetStream(), "\r\n\r\n");
        Assert.StartsWith("GET /x?y=1 HTTP/1.1\r\nHost: a.example\r\n", seen, StringComparison.Ordinal);
        await accepted.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", await ReadUntil(stream, "hi"));
    }

    private static ProxyConfiguration ForwardTo(int backendPort, int port) => new()
    {
        Gateway = "default/test",
        Addresses = ["127.0.0.1"],
        Clusters = [new Cluster { Name = "default/b:80", Endpoints = [new Endpoint("127.0.0.1", backendPort)] }],
        Listeners =
        [
            new Listener
            {
                Name = "http",
                Port = port,
                BindPort = port,
                Protocol = ListenerProtocol.Http,
                Hostname = "",
                VirtualHosts =
                [
                    new VirtualHost
                    {
                        Hostname = "*",
                        Routes =
                        [
                            new RouteEntry(
                                RouteMatch.Default,
                                new RouteRule
                                {
                                    Route = "HTTPRoute/default/r",
                                    Index = 0,
                                    Action = new ForwardAction([new WeightedBackend { Cluster = "default/b:80", Weight = 1 }]),
                                }),
                        ],
                    },
                ],
            },
        ],
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> ReadUntil(NetworkStream stream, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (count == 0)
                break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
