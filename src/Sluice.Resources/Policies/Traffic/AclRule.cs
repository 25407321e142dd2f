namespace Sluice.Resources.Policies.Traffic;

/// <summary>What holds for some addresses.</summary>
public sealed record AclRule
{
    /// <summary>For logs and headers.</summary>
    public string? Name { get; init; }

    /// <summary>Address ranges, or single addresses.</summary>
    public IReadOnlyList<string> Cidrs { get; init; } = [];

    /// <summary>What is done with their requests.</summary>
    public required string Action { get; init; }
}
