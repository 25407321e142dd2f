namespace Sluice.Proxy.Bodies.Compression;

/// <summary>How large a body may become by being decompressed: a few octets can stand for gigabytes.</summary>
internal struct ExpansionLimit(DecompressionRule rule)
{
    /// <summary>Up to here the ratio does not count: small bodies of blanks are honest.</summary>
    private const int FreeBytes = 64 * 1024;

    private long _in;
    private long _out;

    /// <summary>False when it has become too large.</summary>
    public bool Allows(int consumed, int written)
    {
        _in += consumed;
        _out += written;
        return _out <= rule.MaxBytes && _out <= FreeBytes + (_in * rule.MaxRatio);
    }
}
