namespace Sluice.Configuration.Policies;

/// <summary>How a request, or a response, is changed. All templates see the message as it came; removing is the last that is done.</summary>
public sealed record MessageTransformation
{
    /// <summary>Fields that are replaced, pseudo headers included.</summary>
    public IReadOnlyList<HeaderTemplate> Set { get; init; } = [];

    /// <summary>Fields that are added.</summary>
    public IReadOnlyList<HeaderTemplate> Add { get; init; } = [];

    /// <summary>Names of fields that are taken out.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Null: the body is not read, and stays.</summary>
    public BodyTransformation? Body { get; init; }

    /// <summary>Values for access logs and later filters.</summary>
    public IReadOnlyList<MetadataTemplate> DynamicMetadata { get; init; } = [];
}
