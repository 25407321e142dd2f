namespace Sluice.Controller.Reports;

/// <summary>One rule of a route at one listener.</summary>
public sealed record TopRouteReport
{
    /// <summary>As "namespace/name".</summary>
    public required string Gateway { get; init; }

    public required string Listener { get; init; }

    /// <summary>As "HTTPRoute/namespace/name".</summary>
    public required string Route { get; init; }

    /// <summary>The rule's name, or its index.</summary>
    public required string Rule { get; init; }

    /// <summary>Requests that have begun.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that have begun and not ended.</summary>
    public required long Active { get; init; }

    /// <summary>Responses by class of the status code, 1xx to 5xx.</summary>
    public required IReadOnlyList<long> Classes { get; init; }

    /// <summary>Attempts after the first.</summary>
    public required long Retries { get; init; }

    /// <summary>Bytes of bodies and tunnels from clients.</summary>
    public required long ReceivedBytes { get; init; }

    /// <summary>Bytes of bodies and tunnels for clients.</summary>
    public required long SentBytes { get; init; }

    /// <summary>Requests that have ended, by duration; not cumulative.</summary>
    public required IReadOnlyList<long> Buckets { get; init; }
}
