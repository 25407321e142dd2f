namespace Sluice.Proxy.Explain;

/// <summary>Why a request goes where it goes: every candidate, in the order of the decisions, with the reason of each.</summary>
public sealed record Explanation
{
    public required ExplainRequest Request { get; init; }

    public required ExplainOutcome Outcome { get; init; }

    /// <summary>The status code when the proxy answers itself whatever backend is chosen; else null.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The Gateway that the request reaches, as "namespace/name", or null.</summary>
    public string? Gateway { get; init; }

    public IReadOnlyList<ListenerCandidate> Listeners { get; init; } = [];

    /// <summary>Of the winning listener. Of one that relays, its server names.</summary>
    public IReadOnlyList<VirtualHostCandidate> VirtualHosts { get; init; } = [];

    /// <summary>Of the virtual hosts that match, from the most specific on, each in its order of precedence.</summary>
    public IReadOnlyList<EntryCandidate> Entries { get; init; } = [];

    /// <summary>The entry that wins, or null.</summary>
    public EntryCandidate? Winner { get; init; }

    /// <summary>Without a winner: the entry that came closest.</summary>
    public EntryCandidate? Closest { get; init; }

    /// <summary>What the winner does.</summary>
    public ActionExplanation? Action { get; init; }

    /// <summary>What else is worth knowing, for example a rule on a listener that was not chosen.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
