namespace Sluice.Resources.Policies.Extensions;

/// <summary>A claim that backends are told.</summary>
public sealed record ClaimToHeader
{
    /// <summary>The claim.</summary>
    public required string Name { get; init; }

    /// <summary>The field.</summary>
    public required string Header { get; init; }
}
