using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Makes filters that compress or decompress.</summary>
internal static class Compressor
{
    public static IBodyFilter Create(ContentCoding coding) => coding == ContentCoding.Brotli ? new BrotliCompressor() : new GzipCompressor();

    public static IBodyFilter Create(ContentCoding coding, DecompressionRule rule) =>
        coding == ContentCoding.Brotli ? new BrotliDecompressor(rule) : new GzipDecompressor(rule);
}
