namespace Sluice.Resources.Policies.Traffic;

/// <summary>A value of dynamic metadata.</summary>
public sealed record MetadataValue
{
    /// <summary>A template.</summary>
    public required string StringValue { get; init; }
}
