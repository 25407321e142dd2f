namespace Sluice.Proxy;

/// <summary>Every limit of the data plane, with its unit and default.</summary>
public sealed record ProxyLimits
{
    /// <summary>Bytes of a request or response head, start line included. Default 32 KiB. Exceeded: 431, or 502 for a response.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>Bytes of the request line. Default 16 KiB. Exceeded: 414.</summary>
    public int RequestLineBytes { get; init; } = 16 * 1024;

    /// <summary>Field lines of one head. Default 128. Exceeded: 431, or 502 for a response.</summary>
    public int FieldCount { get; init; } = 128;

    /// <summary>Bytes of a trailer section. Default 8 KiB. Exceeded: 431 or connection close.</summary>
    public int TrailerBytes { get; init; } = 8 * 1024;

    /// <summary>How long a client connection may be idle between requests. Default 5 min.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From the first byte of a request head to its end, and from accept to the first request's end. Default 30 s. Exceeded: 408.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause between two bytes of a body, in either direction. Default 60 s.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the end of the request to the response's head. Default 60 s. Exceeded: 504.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an upgraded connection may carry nothing in both directions. Default 1 h.</summary>
    public TimeSpan TunnelIdleTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an unused upstream connection is kept. Default 60 s.</summary>
    public TimeSpan UpstreamIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Lowest body rate of a client, bytes per second, after a grace of 5 s. Default 240. Exceeded: 408 and close.</summary>
    public int MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>Client connections over all workers. Default 50,000. Exceeded: the newest is closed at once.</summary>
    public int Connections { get; init; } = 50_000;

    /// <summary>Unused upstream connections kept per worker and endpoint. Default 256.</summary>
    public int UpstreamIdleConnections { get; init; } = 256;
}
