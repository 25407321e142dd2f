namespace Sluice.Resources.Policies.Traffic;

/// <summary>Dynamic metadata that is set.</summary>
public sealed record MetadataTemplate
{
    /// <summary>Null means that of the filter.</summary>
    public string? Namespace { get; init; }

    /// <summary>The entry's name.</summary>
    public required string Key { get; init; }

    /// <summary>The entry's value.</summary>
    public required MetadataValue Value { get; init; }
}
