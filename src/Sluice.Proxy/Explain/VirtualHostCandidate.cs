namespace Sluice.Proxy.Explain;

/// <summary>A virtual host of the winning listener, and why the request belongs to it or not.</summary>
public sealed record VirtualHostCandidate
{
    public required string Hostname { get; init; }

    /// <summary>How many entries it has.</summary>
    public required int Entries { get; init; }

    public required bool Matches { get; init; }

    public bool Wins { get; init; }

    public required string Reason { get; init; }
}
