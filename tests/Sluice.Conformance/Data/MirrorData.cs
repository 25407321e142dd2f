namespace Sluice.Conformance.Data;

/// <summary>Where a copy of the request must arrive; Percent absent for every request.</summary>
internal sealed record MirrorData
{
    public required string Backend { get; init; }

    public required string Namespace { get; init; }

    public double? Percent { get; init; }
}
