using System.IO.Compression;
using Sluice.Proxy.Tests.Support;
using ZstdSharp;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>The platform's encoders, and those of the zstd library and decoders, which the proxy's are compared with.</summary>
internal static class Coding
{
    public static byte[] Encode(string coding, byte[] body)
    {
        using var result = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "br" => new BrotliStream(result, CompressionLevel.Optimal),
            "zstd" => new CompressionStream(result, 3),
            _ => new GZipStream(result, CompressionLevel.Optimal),
        })
            encoder.Write(body);
        return result.ToArray();
    }

    /// <summary>Of a body that was read as text, octet by octet.</summary>
    public static string Decode(string? coding, string body)
    {
        using var source = new MemoryStream(Wire.Bytes(body));
        using var decoder = Decoder(coding, source);
        using var result = new MemoryStream();
        decoder.CopyTo(result);
        return Wire.Text(result.ToArray());
    }

    public static Stream Decoder(string? coding, Stream source) => coding switch
    {
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "zstd" => new DecompressionStream(source, checkEndOfStream: false),
        _ => new GZipStream(source, CompressionMode.Decompress),
    };
}
