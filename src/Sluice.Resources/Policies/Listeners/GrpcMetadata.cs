namespace Sluice.Resources.Policies.Listeners;

/// <summary>A field that goes with each call.</summary>
public sealed record GrpcMetadata
{
    /// <summary>Its name.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }
}
