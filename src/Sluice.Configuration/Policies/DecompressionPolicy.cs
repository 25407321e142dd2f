namespace Sluice.Configuration.Policies;

/// <summary>Compressed requests are decompressed for the backend (TrafficPolicy.spec.compression.requestDecompression).</summary>
public sealed record DecompressionPolicy
{
    /// <summary>What is decompressed; a request with any other coding passes as it is.</summary>
    public required IReadOnlyList<ContentCoding> Codings { get; init; }

    /// <summary>Octets that a body may become. A larger one is answered with 413.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many times as large a body may become, beyond its first 64 KiB. More is answered with 413.</summary>
    public int MaxRatio { get; init; } = 100;
}
