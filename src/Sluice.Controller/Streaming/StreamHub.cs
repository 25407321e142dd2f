using System.Collections.Concurrent;
using Sluice.Configuration;
using Sluice.Translation;

namespace Sluice.Controller.Streaming;

/// <summary>Every Gateway's feed, and what is shared between them.</summary>
internal sealed class StreamHub(StreamLimits limits, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, GatewayFeed> _feeds = new(StringComparer.Ordinal);
    private readonly long _started = clock.GetTimestamp();
    private long _version;
    private int _connections;

    public StreamLimits Limits => limits;

    public TimeProvider Clock => clock;

    public StreamCounters Counters { get; } = new();

    /// <summary>Of all Gateways that have a configuration, or proxies.</summary>
    public IEnumerable<GatewayFeed> Feeds => _feeds.Values;

    /// <summary>What <see cref="GatewayFeed.Outcome"/> of one of them depends on has changed.</summary>
    public event Action<GatewayFeed>? Changed;

    /// <summary>What a Gateway comes to that no proxy has said anything of: proxies that are running may be on their way.</summary>
    public ApplyOutcome Silence => clock.GetElapsedTime(_started) < limits.ReturnTolerance ? ApplyOutcome.Awaited : ApplyOutcome.Pending;

    /// <summary>What the newest configuration of a Gateway has come to.</summary>
    public ApplyOutcome OutcomeOf(string gateway) => _feeds.TryGetValue(gateway, out var feed) ? feed.Outcome() : ApplyOutcome.Pending;

    /// <summary>Makes a configuration its Gateway's newest.</summary>
    public GatewayFeed Publish(ProxyConfiguration configuration)
    {
        while (true)
        {
            var feed = Feed(configuration.Gateway);
            if (feed.TryPublish(configuration, () => Interlocked.Increment(ref _version)))
                return feed;
        }
    }

    /// <summary>A Gateway has gone. Its proxies keep what they have until they are stopped.</summary>
    public void Withdraw(string gateway)
    {
        if (_feeds.TryGetValue(gateway, out var feed))
            feed.Withdraw();
    }

    /// <summary>The feed of a Gateway ("namespace/name"); made when there is none: proxies may come before their configuration.</summary>
    public GatewayFeed Feed(string gateway) => _feeds.GetOrAdd(gateway, name =>
    {
        var feed = new GatewayFeed(name, limits, clock, () => Silence);
        feed.Changed += OnChanged;
        return feed;
    });

    /// <summary>As many streams as there may be.</summary>
    public bool IsFull => Volatile.Read(ref _connections) >= limits.Connections;

    /// <summary>One stream more; false when there are as many as there may be.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _connections) <= limits.Connections)
            return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _connections);

    public void Dispose()
    {
        foreach (var feed in _feeds.Values)
            feed.Dispose();
    }

    private void OnChanged(GatewayFeed feed)
    {
        if (feed.Current is null && feed.TryRetire())
            _feeds.TryRemove(KeyValuePair.Create(feed.Gateway, feed));
        Changed?.Invoke(feed);
    }
}
