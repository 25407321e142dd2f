namespace Sluice.Resources.Policies.Listeners;

/// <summary>A step into metadata.</summary>
public sealed record MetadataPathSegment
{
    /// <summary>The field.</summary>
    public required string Key { get; init; }
}
