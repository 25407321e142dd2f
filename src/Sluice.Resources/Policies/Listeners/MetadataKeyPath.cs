namespace Sluice.Resources.Policies.Listeners;

/// <summary>A place in metadata.</summary>
public sealed record MetadataKeyPath
{
    /// <summary>The namespace.</summary>
    public required string Key { get; init; }

    /// <summary>The way to the value.</summary>
    public IReadOnlyList<MetadataPathSegment> Path { get; init; } = [];
}
