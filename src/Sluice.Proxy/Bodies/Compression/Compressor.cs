using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Makes filters that compress or decompress, and says what memory each may come to.</summary>
internal static class Compressor
{
    private const int Kibibyte = 1024;
    private const int Mebibyte = 1024 * Kibibyte;

    public static IBodyFilter Create(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => new BrotliCompressor(),
        ContentCoding.Zstd => new ZstdCompressor(),
        _ => new GzipCompressor(),
    };

    public static IBodyFilter Create(ContentCoding coding, DecompressionRule rule) => coding switch
    {
        ContentCoding.Brotli => new BrotliDecompressor(rule),
        ContentCoding.Zstd => new ZstdDecompressor(rule),
        _ => new GzipDecompressor(rule),
    };

    public static int EncoderBytes(ContentCoding coding) => coding == ContentCoding.Gzip ? 300 * Kibibyte : 2 * Mebibyte;

    /// <summary>The window that the sender may choose, mostly.</summary>
    public static int DecoderBytes(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => 16 * Mebibyte,
        ContentCoding.Zstd => 9 * Mebibyte,
        _ => 64 * Kibibyte,
    };
}
