namespace Sluice.Resources.Policies.Listeners;

/// <summary>A variable of the proxy's environment.</summary>
public sealed record EnvironmentValue
{
    /// <summary>The variable.</summary>
    public required string Name { get; init; }

    /// <summary>What stands where it is not set.</summary>
    public string? DefaultValue { get; init; }
}
