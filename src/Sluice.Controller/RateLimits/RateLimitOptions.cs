using System.Net;
using Sluice.Controller.RateLimits.Redis;

namespace Sluice.Controller.RateLimits;

/// <summary>How the server of limits runs.</summary>
public sealed record RateLimitOptions
{
    /// <summary>127.0.0.1:8081.</summary>
    public static IPEndPoint DefaultEndPoint { get; } = new(IPAddress.Loopback, 8081);

    /// <summary>gRPC over HTTP/2 without TLS; port 0 takes a free one.</summary>
    public IPEndPoint EndPoint { get; init; } = DefaultEndPoint;

    /// <summary>A file, or a folder with files, of limits.</summary>
    public required string Configuration { get; init; }

    /// <summary>Null: counters are in this process.</summary>
    public RedisOptions? Redis { get; init; }

    /// <summary>What is answered when counters cannot be reached. Default <see cref="CounterFailure.Error"/>.</summary>
    public CounterFailure Failure { get; init; }

    /// <summary>Counters in this process at the most. Default 1,000,000.</summary>
    public int MaxCounters { get; init; } = 1_000_000;

    /// <summary>How often the files are looked at. Default 5 s.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets what is wrong while it serves.</summary>
    public required Action<string> Report { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
