using System.Text;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Content codings as messages name them (RFC 9110 8.4.1).</summary>
internal static class ContentCodings
{
    public static ReadOnlySpan<byte> Name(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br"u8,
        ContentCoding.Zstd => "zstd"u8,
        _ => "gzip"u8,
    };

    public static bool Is(ReadOnlySpan<byte> name, ContentCoding coding) =>
        Ascii.EqualsIgnoreCase(name, Name(coding)) || (coding == ContentCoding.Gzip && Ascii.EqualsIgnoreCase(name, "x-gzip"u8));
}
