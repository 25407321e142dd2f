using System.Net;
using Sluice.Controller.RateLimits.Redis;
using Sluice.Proxy;

namespace Sluice.Controller.RateLimits;

/// <summary>
/// A server of envoy.service.ratelimit.v3.RateLimitService, from the start until it is disposed. Files that change are read anew; while
/// they cannot be used, the limits that were in force stay so.
/// </summary>
public sealed class RateLimitServer : IAsyncDisposable
{
    private readonly ProxyServer _server;
    private readonly RedisCounters? _redis;
    private readonly Limiter _limiter;
    private readonly RateLimitOptions _options;
    private readonly CancellationTokenSource _end = new();
    private Task _following = Task.CompletedTask;

    private RateLimitServer(RateLimitOptions options)
    {
        _options = options;
        _server = new ProxyServer(new ProxyOptions { Workers = 1 });
        _server.Faulted += error => options.Report($"a defect was caught: {error}");
        _redis = options.Redis is { } redis ? new RedisCounters(redis, options.Clock) : null;
        _limiter = new Limiter(_redis ?? (ILimitCounters)new MemoryCounters(options.MaxCounters), options.Failure, options.Clock);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; private set; } = RateLimitOptions.DefaultEndPoint;

    /// <summary>Domains that have limits.</summary>
    public IReadOnlyCollection<string> Domains => [.. _limiter.Configuration.Domains.Keys];

    /// <exception cref="LimitConfigurationException">The limits cannot be read.</exception>
    /// <exception cref="IOException">The address cannot be bound.</exception>
    public static async Task<RateLimitServer> StartAsync(RateLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var files = LimitFiles.Read(options.Configuration);
        var configuration = LimitConfigurationReader.Read(files);
        var server = new RateLimitServer(options);
        try
        {
            server._limiter.Configuration = configuration;
            server.EndPoint = await server._server.ListenLocalAsync(options.EndPoint, new RateLimitHandler(server._limiter)).ConfigureAwait(false);
            server._following = server.FollowAsync(files);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync().ConfigureAwait(false);
        if (_redis is not null)
            await _redis.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task FollowAsync(List<(string Path, byte[] Content)> known)
    {
        using var timer = new PeriodicTimer(_options.ReloadInterval, _options.Clock);
        var failures = 0L;
        while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
        {
            if (_limiter.Failures is var count && count != failures)
                _options.Report($"{count - failures} questions could not be decided: the counters cannot be reached");
            failures = count;
            try
            {
                var files = LimitFiles.Read(_options.Configuration);
                if (LimitFiles.Same(files, known))
                    continue;
                known = files;
                _limiter.Configuration = LimitConfigurationReader.Read(files);
                _options.Report("the limits were read anew");
            }
            catch (LimitConfigurationException error)
            {
                _options.Report($"the limits stay as they were: {error.Message}");
            }
        }
    }
}
