namespace Sluice.Configuration.Streaming;

/// <summary>What both sides of the configuration stream agree on.</summary>
public static class StreamProtocol
{
    /// <summary>A POST to it carries the proxy's frames in the request and the controller's in the response, both at the same time.</summary>
    public const string Path = "/sluice.v1/configuration";

    /// <summary>The query parameter that names the Gateway, as "namespace/name".</summary>
    public const string GatewayParameter = "gateway";

    /// <summary>Of the bodies in both directions.</summary>
    public const string ContentType = "application/vnd.sluice.configuration-stream";

    /// <summary>What a proxy's ServiceAccount token must be issued for.</summary>
    public const string TokenAudience = "sluice.dev/config-stream";

    /// <summary>How often each side shows that it is there.</summary>
    public static TimeSpan PingInterval { get; } = TimeSpan.FromSeconds(15);

    /// <summary>A peer that is silent for so long is gone.</summary>
    public static TimeSpan SilenceTimeout { get; } = 3 * PingInterval;
}
