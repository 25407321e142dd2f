using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Retries by conditions: only what they name is tried again.</summary>
public sealed class RetryConditionTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Theory]
    [InlineData(RetryConditions.ServerError, 500, true)]
    [InlineData(RetryConditions.ServerError, 599, true)]
    [InlineData(RetryConditions.ServerError, 404, false)]
    [InlineData(RetryConditions.GatewayError, 500, false)]
    [InlineData(RetryConditions.GatewayError, 502, true)]
    [InlineData(RetryConditions.GatewayError, 504, true)]
    [InlineData(RetryConditions.RetriableClientError, 409, true)]
    [InlineData(RetryConditions.RetriableClientError, 400, false)]
    [InlineData(RetryConditions.ConnectFailure, 503, false)]
    [InlineData(RetryConditions.None, 503, false)]
    public async Task Statuses(RetryConditions conditions, int status, bool isRetried)
    {
        await using var backend = Failing($"HTTP/1.1 {status} Failed\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await StartAsync(new RetryPolicy { Conditions = conditions }, backend.Endpoint);

        Assert.Equal(isRetried ? 200 : status, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(isRetried ? 2 : 1, backend.Requests.Count);
    }

    [Theory]
    [InlineData(RetryConditions.ServerError, false)]
    [InlineData(RetryConditions.RateLimited, true)]
    [InlineData(RetryConditions.ServerError | RetryConditions.RateLimited, true)]
    public async Task RateLimited_IsRetriedByNothingElse(RetryConditions conditions, bool isRetried)
    {
        await using var backend = Failing("HTTP/1.1 503 Failed\r\nX-Envoy-RateLimited: true\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await StartAsync(new RetryPolicy { Conditions = conditions }, backend.Endpoint);

        Assert.Equal(isRetried ? 200 : 503, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Theory]
    [InlineData(RetryConditions.ServerError, true)]
    [InlineData(RetryConditions.GatewayError, true)]
    [InlineData(RetryConditions.Reset, true)]
    [InlineData(RetryConditions.ResetBeforeRequest, false)]
    [InlineData(RetryConditions.ConnectFailure, false)]
    [InlineData(RetryConditions.RetriableClientError, false)]
    public async Task Resets(RetryConditions conditions, bool isRetried)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (connection.Index == 0)
                connection.Reset();
            else
                await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await StartAsync(new RetryPolicy { Conditions = conditions }, backend.Endpoint);

        Assert.Equal(isRetried ? 200 : 502, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(isRetried ? 2 : 1, backend.Connections);
    }

    [Theory]
    [InlineData(RetryConditions.ServerError, 1)]
    [InlineData(RetryConditions.ResetBeforeRequest, 1)]
    [InlineData(RetryConditions.ConnectFailure, 1)]
    [InlineData(RetryConditions.RetriableClientError, 0)]
    [InlineData(RetryConditions.RefusedStream, 0)]
    public async Task FailedConnects(RetryConditions conditions, int retries)
    {
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await StartAsync(new RetryPolicy { Conditions = conditions }, new Endpoint("127.0.0.1", dead.Port));

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(retries, proxy.Server.Metric("sluice_upstream_retries_total{reason=\"connect\"}"));
    }

    [Theory]
    [InlineData(RetryConditions.GatewayError, 200)]
    [InlineData(RetryConditions.ConnectFailure, 504)]
    public async Task SlowAttempts(RetryConditions conditions, int expected)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (connection.Index > 0)
                await connection.SendAsync(ScriptedBackend.Ok);
            await connection.Reader.ReadToEndAsync();
        });
        var policy = new RetryPolicy { Conditions = conditions, PerTryTimeout = TimeSpan.FromMilliseconds(300), Attempts = 20 };
        await using var proxy = await StartAsync(policy, backend.Endpoint);

        Assert.Equal(expected, (await proxy.ExchangeAsync(Get)).Status);
    }

    private static ScriptedBackend Failing(string failure)
    {
        var requests = 0;
        return ScriptedBackend.Answering(_ => Interlocked.Increment(ref requests) == 1 ? failure : ScriptedBackend.Ok);
    }

    private static Task<TestProxy> StartAsync(RetryPolicy policy, params Endpoint[] endpoints) => TestProxy.StartAsync(
        new ProxyLimits(), TestRoutes.All(endpoints).With(rule => rule with { Retry = policy with { Backoff = TimeSpan.FromMilliseconds(1), FullJitter = true } }));
}
