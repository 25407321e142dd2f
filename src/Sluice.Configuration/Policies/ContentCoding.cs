namespace Sluice.Configuration.Policies;

/// <summary>How a body is compressed (RFC 9110 8.4.1).</summary>
public enum ContentCoding
{
    Gzip,

    /// <summary>RFC 7932; "br" in messages.</summary>
    Brotli,

    /// <summary>RFC 8878.</summary>
    Zstd,
}
