namespace Sluice.Proxy.Http;

/// <summary>A field line as two slices of the message's buffer. The value has no surrounding white space.</summary>
internal struct Field
{
    public int NameOffset;
    public int ValueOffset;
    public int ValueLength;
    public ushort NameLength;
    public KnownField Known;
}
