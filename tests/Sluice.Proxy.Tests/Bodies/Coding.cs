using System.IO.Compression;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>The platform's encoders and decoders, which the proxy's are compared with.</summary>
internal static class Coding
{
    public static byte[] Encode(string coding, byte[] body)
    {
        using var result = new MemoryStream();
        using (Stream encoder = coding == "br" ? new BrotliStream(result, CompressionLevel.Optimal) : new GZipStream(result, CompressionLevel.Optimal))
            encoder.Write(body);
        return result.ToArray();
    }

    /// <summary>Of a body that was read as text, octet by octet.</summary>
    public static string Decode(string? coding, string body)
    {
        using var source = new MemoryStream(Wire.Bytes(body));
        using Stream decoder = coding == "br" ? new BrotliStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var result = new MemoryStream();
        decoder.CopyTo(result);
        return Wire.Text(result.ToArray());
    }
}
