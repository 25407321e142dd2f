using System.Text;

namespace Sluice.Proxy.Filters;

/// <summary>
/// What a list of header modifiers does to a head, worked out beforehand: the names whose fields are dropped, then the lines
/// that are appended. Immutable, but for <see cref="ExchangeEdits"/>. Made by <see cref="HeaderEditsBuilder"/>.
/// </summary>
internal class HeaderEdits
{
    private byte[][] _removed;
    private ulong _removedLengths;

    /// <param name="removed">Names whose fields are dropped.</param>
    /// <param name="lines">The appended lines.</param>
    /// <param name="lowerNames">Their names in lower case.</param>
    /// <param name="appended">Where the fields lie in both.</param>
    public HeaderEdits(byte[][] removed, byte[] lines, byte[] lowerNames, AppendedField[] appended)
    {
        _removed = removed;
        foreach (byte[] name in removed)
            _removedLengths |= 1UL << (name.Length & 63);
        Lines = lines;
        LinesLength = lines.Length;
        LowerNames = lowerNames;
        Appended = appended;
        AppendedCount = appended.Length;
    }

    public static HeaderEdits None { get; } = new([], [], [], []);

    public bool IsEmpty => _removed.Length == 0 && AppendedCount == 0;

    /// <summary>Every appended field as "Name: value\r\n", ready for an HTTP/1.1 head.</summary>
    public ReadOnlySpan<byte> AppendedLines => Lines.AsSpan(0, LinesLength);

    public int AppendedCount { get; private protected set; }

    private protected byte[] Lines { get; set; }

    private protected int LinesLength { get; set; }

    private protected byte[] LowerNames { get; set; }

    private protected AppendedField[] Appended { get; set; }

    /// <summary>Whether fields of that name (in any case) that the message has are dropped.</summary>
    public bool Removes(ReadOnlySpan<byte> name)
    {
        if ((_removedLengths >> (name.Length & 63) & 1) == 0)
            return false;
        foreach (byte[] removed in _removed)
        {
            if (removed.Length == name.Length && Ascii.EqualsIgnoreCase(removed, name))
                return true;
        }
        return false;
    }

    /// <summary>As configured.</summary>
    public ReadOnlySpan<byte> AppendedName(int index) => Lines.AsSpan(Appended[index].NameOffset, Appended[index].NameLength);

    /// <summary>As HTTP/2 wants it (RFC 9113 8.2.1).</summary>
    public ReadOnlySpan<byte> AppendedLowerName(int index) => LowerNames.AsSpan(Appended[index].LowerNameOffset, Appended[index].NameLength);

    public ReadOnlySpan<byte> AppendedValue(int index) => Lines.AsSpan(Appended[index].ValueOffset, Appended[index].ValueLength);

    /// <summary>Where an appended field lies.</summary>
    public AppendedField AppendedAt(int index) => Appended[index];

    private protected void TakeRemoved(HeaderEdits other)
    {
        _removed = other._removed;
        _removedLengths = other._removedLengths;
    }
}
