namespace Sluice.Resources.Policies.Listeners;

/// <summary>Metadata of a request, or of what it meets.</summary>
public sealed record MetadataSource
{
    /// <summary>Whose.</summary>
    public required string Kind { get; init; }

    /// <summary>Where in it.</summary>
    public required MetadataKeyPath MetadataKey { get; init; }

    /// <summary>What stands where it is absent.</summary>
    public string? DefaultValue { get; init; }
}
