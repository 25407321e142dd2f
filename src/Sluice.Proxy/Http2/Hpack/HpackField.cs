namespace Sluice.Proxy.Http2.Hpack;

/// <summary>A decoded field line, as offsets into the buffer that it was decoded to.</summary>
internal struct HpackField
{
    public int NameOffset;
    public int NameLength;
    public int ValueOffset;
    public int ValueLength;

    /// <summary>First index of the name in the static table (see <see cref="HpackIndex"/>); 0 when it was spelt out or is not there.</summary>
    public int StaticName;

    /// <summary>Must be passed on in the same way (RFC 7541 6.2.3).</summary>
    public bool NeverIndexed;

    /// <summary>What the field counts against a limit of header list size (RFC 9113 6.5.2).</summary>
    public readonly int Size => NameLength + ValueLength + HpackDynamicTable.EntryOverhead;
}
