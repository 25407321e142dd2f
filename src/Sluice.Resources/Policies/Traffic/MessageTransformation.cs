namespace Sluice.Resources.Policies.Traffic;

/// <summary>How requests, or responses, are changed.</summary>
public sealed record MessageTransformation
{
    /// <summary>Fields that are replaced.</summary>
    public IReadOnlyList<HttpTemplate> Set { get; init; } = [];

    /// <summary>Fields that are added.</summary>
    public IReadOnlyList<HttpTemplate> Add { get; init; } = [];

    /// <summary>Fields that are removed, after the others.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Null: the body stays.</summary>
    public BodyTransformation? Body { get; init; }

    /// <summary>Values for access logs and later filters.</summary>
    public IReadOnlyList<MetadataTemplate> DynamicMetadata { get; init; } = [];
}
