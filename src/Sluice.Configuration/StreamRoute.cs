namespace Sluice.Configuration;

/// <summary>
/// Where connections or datagrams go that are relayed as they are: the rule of a TLSRoute, TCPRoute or UDPRoute. Each connection,
/// and each client socket of UDP, is given to one backend by weight; with no backends, or a total weight of 0, it is closed.
/// </summary>
public sealed record StreamRoute
{
    /// <summary>The route, as "TLSRoute/namespace/name", "TCPRoute/…" or "UDPRoute/…".</summary>
    public required string Route { get; init; }

    /// <summary>spec.rules[].name, if given.</summary>
    public string? RuleName { get; init; }

    public required IReadOnlyList<StreamBackend> Backends { get; init; }
}
