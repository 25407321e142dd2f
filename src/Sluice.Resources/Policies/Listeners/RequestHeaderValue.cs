namespace Sluice.Resources.Policies.Listeners;

/// <summary>A field of the request.</summary>
public sealed record RequestHeaderValue
{
    /// <summary>The field.</summary>
    public required string Name { get; init; }

    /// <summary>What stands where it is absent.</summary>
    public string? DefaultValue { get; init; }
}
