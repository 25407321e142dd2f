namespace Sluice.Proxy.Http;

/// <summary>A field line as two slices of the message's buffer. The value has no surrounding white space.</summary>
internal struct Field
{
    public int NameOffset;
    public int ValueOffset;
    public int ValueLength;
    public ushort NameLength;
    public KnownField Known;

    /// <summary>Came as never to be indexed, and is passed on so (RFC 7541 6.2.3).</summary>
    public bool NeverIndexed;
}
