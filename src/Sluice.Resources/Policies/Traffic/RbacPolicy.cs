namespace Sluice.Resources.Policies.Traffic;

/// <summary>Lets requests in by expressions.</summary>
public sealed record RbacPolicy
{
    /// <summary>The expressions.</summary>
    public required RbacRules Policy { get; init; }

    /// <summary>What is done with requests that match.</summary>
    public string Action { get; init; } = "Allow";
}
