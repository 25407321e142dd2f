using System.Net;
using System.Text;
using Sluice.Proxy.Local;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>Requests that a handler inside the process answers.</summary>
public sealed class LocalHandlerTests
{
    [Fact]
    public async Task Expectation_IsMet_BeforeTheBodyComes()
    {
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        await using var client = await RawClient.ConnectAsync(await server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), new Echo()));

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        Assert.Equal(100, (await client.ReadResponseAsync()).Status);
        await client.SendAsync("hello");

        Assert.Equal("POST /  hello", (await client.ReadResponseAsync()).Body);
    }

    [Fact]
    public async Task ManyRequests_OnOneConnection_AreAnsweredInOrder()
    {
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        await using var client = await RawClient.ConnectAsync(await server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), new Echo()));

        await client.SendAsync(string.Concat(Enumerable.Range(0, 50).Select(i => $"GET /{i}?q={i} HTTP/1.1\r\nHost: a.test\r\n\r\n")));

        for (var i = 0; i < 50; i++)
            Assert.Equal($"GET /{i} q={i} ", (await client.ReadResponseAsync()).Body);
    }

    [Fact]
    public async Task HandlerThatThrows_Is500_AndNoDefectOfTheWorker()
    {
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        await using var client = await RawClient.ConnectAsync(await server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), new Echo()));

        Assert.Equal(500, (await client.ExchangeAsync("GET /throw HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(200, (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(0, server.Metric("sluice_worker_faults_total"));
    }

    [Fact]
    public async Task BodyThatIsTooLarge_Is413()
    {
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        await using var client = await RawClient.ConnectAsync(await server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), new Echo()));

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3000000\r\n\r\n");
        await client.SendAsync(new byte[3_000_000]);

        Assert.Equal(413, (await client.ReadResponseAsync()).Status);
        await client.ExpectCloseAsync();
    }

    private sealed class Echo : ILocalHandler
    {
        public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
        {
            if (request.Path == "/throw")
                throw new InvalidOperationException("thrown");
            var text = $"{request.Method} {request.Path} {request.Query} {Encoding.ASCII.GetString(request.Body.Span)}";
            return ValueTask.FromResult(new LocalResponse(200, "text/plain", Encoding.ASCII.GetBytes(text)));
        }
    }
}
