using System.Text;

namespace Sluice.Proxy.Filters;

/// <summary>
/// What a list of header modifiers does to a head, worked out beforehand: the names whose fields are dropped, then the lines
/// that are appended. Immutable. Made by <see cref="HeaderEditsBuilder"/>.
/// </summary>
internal sealed class HeaderEdits
{
    private readonly byte[][] _removed;
    private readonly ulong _removedLengths;
    private readonly byte[] _text;
    private readonly int _linesLength;
    private readonly AppendedField[] _appended;

    /// <param name="removed">Names whose fields are dropped.</param>
    /// <param name="text">The appended lines, then their names in lower case.</param>
    /// <param name="linesLength">How much of the text is lines.</param>
    /// <param name="appended">Where the fields lie in the text.</param>
    public HeaderEdits(byte[][] removed, byte[] text, int linesLength, AppendedField[] appended)
    {
        _removed = removed;
        foreach (byte[] name in removed)
            _removedLengths |= 1UL << (name.Length & 63);
        _text = text;
        _linesLength = linesLength;
        _appended = appended;
    }

    public static HeaderEdits None { get; } = new([], [], 0, []);

    public bool IsEmpty => _removed.Length == 0 && _appended.Length == 0;

    /// <summary>Every appended field as "Name: value\r\n", ready for an HTTP/1.1 head.</summary>
    public ReadOnlySpan<byte> AppendedLines => _text.AsSpan(0, _linesLength);

    public int AppendedCount => _appended.Length;

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
    public ReadOnlySpan<byte> AppendedName(int index) => _text.AsSpan(_appended[index].NameOffset, _appended[index].NameLength);

    /// <summary>As HTTP/2 wants it (RFC 9113 8.2.1).</summary>
    public ReadOnlySpan<byte> AppendedLowerName(int index) => _text.AsSpan(_appended[index].LowerNameOffset, _appended[index].NameLength);

    public ReadOnlySpan<byte> AppendedValue(int index) => _text.AsSpan(_appended[index].ValueOffset, _appended[index].ValueLength);
}
