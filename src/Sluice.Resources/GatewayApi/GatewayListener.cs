namespace Sluice.Resources.GatewayApi;

/// <summary>spec.listeners[].</summary>
public sealed record GatewayListener
{
    public required string Name { get; init; }

    /// <summary>As written; null or "" for every host.</summary>
    public string? Hostname { get; init; }

    public required int Port { get; init; }

    /// <summary>HTTP, HTTPS, TLS, TCP, UDP or a domain-prefixed string.</summary>
    public required string Protocol { get; init; }

    public ListenerTls? Tls { get; init; }

    public AllowedRoutes AllowedRoutes { get; init; } = AllowedRoutes.Default;
}
