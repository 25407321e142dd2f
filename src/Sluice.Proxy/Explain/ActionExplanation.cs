namespace Sluice.Proxy.Explain;

/// <summary>What the winning rule does with the request.</summary>
public sealed record ActionExplanation
{
    /// <summary>
    /// "Forward", "Redirect", "DirectResponse", "Preflight" (of CORS, answered whatever the rule does otherwise), or "Relay" for
    /// connections and datagrams.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Of a redirect or a direct response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Of a redirect.</summary>
    public string? Location { get; init; }

    /// <summary>Of a direct response.</summary>
    public string? Body { get; init; }

    /// <summary>Edits of an answer that the proxy gives itself, for example "set x-version: 2".</summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } = [];

    /// <summary>Timeouts, retries, CORS and sessions, one sentence each.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>What judges the request before anything else is done with it, in this order.</summary>
    public IReadOnlyList<FilterExplanation> Filters { get; init; } = [];

    public IReadOnlyList<BackendExplanation> Backends { get; init; } = [];
}
