namespace Sluice.Resources.Policies.Extensions;

/// <summary>Metadata that goes with messages.</summary>
public sealed record MetadataOptions
{
    /// <summary>To the processor.</summary>
    public MetadataForwarding? Forwarding { get; init; }
}
