using System.Net;

namespace Sluice.Controller.RateLimits.Redis;

/// <summary>How a Redis server is used.</summary>
public sealed record RedisOptions
{
    public required DnsEndPoint Server { get; init; }

    /// <summary>For AUTH; null: none is sent.</summary>
    public string? Password { get; init; }

    /// <summary>How long an answer may take, a new connection included. Default 50 ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Questions that may wait for their answer; more fail at once. Default 10,000.</summary>
    public int MaxPending { get; init; } = 10_000;
}
