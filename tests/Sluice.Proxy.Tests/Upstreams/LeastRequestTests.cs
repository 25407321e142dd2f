using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Upstreams;

/// <summary>The balancer that follows the load.</summary>
public sealed class LeastRequestTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task EndpointThatHangs_GetsNoMore_UntilItAnswers()
    {
        var goOn = new TaskCompletionSource();
        await using var hanging = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await goOn.Task;
                await connection.SendAsync(ScriptedBackend.Ok);
            }
        });
        await using var quick = ScriptedBackend.Answering();
        var routes = new TestRoutes { LoadBalancing = LoadBalancing.LeastRequest }.Forward("*", "/", hanging.Endpoint, quick.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        // Whoever of the waiting clients is first sent to the hanging endpoint stays there; from then on it is the busier one.
        var waiting = new List<RawClient>();
        while (hanging.Requests.Count == 0)
        {
            var client = await proxy.ConnectAsync();
            waiting.Add(client);
            await client.SendAsync(Get);
            await Eventually.Holds(() => hanging.Requests.Count + quick.Requests.Count == waiting.Count, "the request has arrived");
        }

        for (var i = 0; i < 50; i++)
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Single(hanging.Requests);

        goOn.SetResult();
        foreach (var client in waiting)
        {
            Assert.Equal(200, (await client.ReadResponseAsync()).Status);
            await client.DisposeAsync();
        }

        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
        for (var i = 0; i < 200 && hanging.Requests.Count == 1; i++)
            await proxy.ExchangeAsync(Get);
        Assert.True(hanging.Requests.Count > 1, "the endpoint is never used again");
    }
}
