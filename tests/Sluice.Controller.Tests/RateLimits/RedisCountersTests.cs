using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Controller.RateLimits;
using Sluice.Controller.RateLimits.Redis;

namespace Sluice.Controller.Tests.RateLimits;

/// <summary>Counters in a real Redis server, and in servers that are none.</summary>
public sealed class RedisCountersTests
{
    /// <summary>For tests that do not wait for it to pass.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task FourServers_LetPassExactlyWhatTheLimitSays()
    {
        await using var redis = await RedisServer.StartAsync();
        var counters = Enumerable.Range(0, 4).Select(_ => new RedisCounters(new RedisOptions { Server = redis.EndPoint, Timeout = Long }, TimeProvider.System)).ToArray();
        var limiters = counters.Select(own => Limiter(own, CounterFailure.Error)).ToArray();

        // 10,000 questions, eight at a time on each server.
        var passed = await Task.WhenAll(limiters.SelectMany(limiter => Enumerable.Range(0, 8).Select(_ => PassedAsync(limiter, 312))));

        Assert.Equal(1000, passed.Sum());
        foreach (var own in counters)
            await own.DisposeAsync();
    }

    [Fact]
    public async Task Counters_AreForgottenAfterTheirWindow()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var counters = new RedisCounters(new RedisOptions { Server = redis.EndPoint, Timeout = Long }, TimeProvider.System);

        Assert.Equal((long[])[2, 5], await counters.AddAsync([new CounterHit("a", 2, 110), new CounterHit("b", 5, 3700)], 100));
        Assert.Equal((long[])[3], await counters.AddAsync([new CounterHit("a", 1, 110)], 100));

        Assert.InRange(await TimeToLiveAsync(redis, "a"), 1, 11);
        Assert.InRange(await TimeToLiveAsync(redis, "b"), 3000, 3601);
    }

    [Fact]
    public async Task Password_IsGiven_AndAWrongOneIsAFailure()
    {
        await using var redis = await RedisServer.StartAsync(password: "open sesame");
        await using var right = new RedisCounters(new RedisOptions { Server = redis.EndPoint, Timeout = Long, Password = "open sesame" }, TimeProvider.System);
        await using var wrong = new RedisCounters(new RedisOptions { Server = redis.EndPoint, Timeout = Long, Password = "guess" }, TimeProvider.System);
        await using var none = new RedisCounters(new RedisOptions { Server = redis.EndPoint, Timeout = Long }, TimeProvider.System);

        Assert.Equal((long[])[1], await right.AddAsync([new CounterHit("a", 1, 110)], 100));
        var refused = await Assert.ThrowsAsync<IOException>(async () => await wrong.AddAsync([new CounterHit("a", 1, 110)], 100));
        Assert.DoesNotContain("guess", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("NOAUTH", (await Assert.ThrowsAsync<IOException>(async () => await none.AddAsync([new CounterHit("a", 1, 110)], 100))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatEnds_AndComesBack_IsUsedAgain()
    {
        var redis = await RedisServer.StartAsync();
        await using var counters = new RedisCounters(new RedisOptions { Server = redis.EndPoint, Timeout = Long }, TimeProvider.System);
        await counters.AddAsync([new CounterHit("a", 1, 110)], 100);
        await redis.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
                await counters.AddAsync([new CounterHit("a", 1, 110)], 100);
        });

        await using var again = await RedisServer.StartAsync(redis.Port);
        var end = DateTime.UtcNow + Long;
        while (true)
        {
            try
            {
                Assert.Equal((long[])[1], await counters.AddAsync([new CounterHit("a", 1, 110)], 100));
                return;
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
                await Task.Yield();
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData(":1\r\n:1\r\n:7\r\n")]
    [InlineData("$9999999\r\n")]
    [InlineData("-LOADING not yet\r\n-LOADING not yet\r\n")]
    public async Task ServerThatIsNone_IsAFailure(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[1024]);
            await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
        }, TestContext.Current.CancellationToken);
        await using var counters = new RedisCounters(new RedisOptions { Server = new DnsEndPoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), Timeout = Long }, TimeProvider.System);

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var i = 0; i < 3; i++)
                await counters.AddAsync([new CounterHit("a", 1, 110)], 100);
        });
        await serving;
    }

    [Fact]
    public async Task ServerThatIsSilent_IsGivenUpWithinItsTimeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var counters = new RedisCounters(
            new RedisOptions { Server = new DnsEndPoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), Timeout = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);

        Assert.Equal(3, await PassedAsync(Limiter(counters, CounterFailure.Open), 3));
        Assert.Equal(0, await PassedAsync(Limiter(counters, CounterFailure.Closed), 3));
        await Assert.ThrowsAsync<IOException>(() => PassedAsync(Limiter(counters, CounterFailure.Error), 1));
    }

    private static Limiter Limiter(ILimitCounters counters, CounterFailure failure) => new(counters, failure, TimeProvider.System)
    {
        Configuration = LimitConfigurationReader.Read([("l.yaml", "domain: d\ndescriptors: [{key: k, rate_limit: {unit: year, requests_per_unit: 1000}}]\n"u8.ToArray())]),
    };

    private static async Task<int> PassedAsync(Limiter limiter, int requests)
    {
        var passed = 0;
        for (var i = 0; i < requests; i++)
        {
            var statuses = await limiter.DecideAsync(new LimitQuestion("d", [new LimitDescriptor([("k", "v")], null, null)], 1));
            passed += statuses[0].IsOver ? 0 : 1;
        }
        return passed;
    }

    private static async Task<int> TimeToLiveAsync(RedisServer redis, string key)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(redis.EndPoint);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"TTL {key}\r\n"));
        var buffer = new byte[64];
        var count = await socket.ReceiveAsync(buffer);
        return int.Parse(Encoding.ASCII.GetString(buffer, 1, count - 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}
