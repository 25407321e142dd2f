namespace Sluice.Resources.Policies.Traffic;

/// <summary>Compression of bodies.</summary>
public sealed record CompressionPolicy
{
    /// <summary>For clients that take it.</summary>
    public CompressionSettings? ResponseCompression { get; init; }

    /// <summary>For backends that do not.</summary>
    public CompressionSettings? RequestDecompression { get; init; }
}
