namespace Sluice.Proxy.Explain;

/// <summary>A backend of the winning rule, and what it would get.</summary>
public sealed record BackendExplanation
{
    /// <summary>Null for a backendRef that does not resolve.</summary>
    public string? Cluster { get; init; }

    public required int Weight { get; init; }

    /// <summary>Part of the requests, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>As "address:port".</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>With TLS: the server name that is sent to the endpoints.</summary>
    public string? ServerName { get; init; }

    /// <summary>Path and query that the backend gets.</summary>
    public string? Target { get; init; }

    /// <summary>Host that the backend gets.</summary>
    public string? Host { get; init; }

    /// <summary>In the order in which they apply, for example "set x-version: 2".</summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } = [];

    /// <summary>In the order in which they apply.</summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } = [];

    /// <summary>Backends that get copies, with their share.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>When a filter of the backendRef answers instead of it.</summary>
    public ActionExplanation? Answer { get; init; }

    /// <summary>Why this share of the requests fails, or null.</summary>
    public string? Problem { get; init; }
}
