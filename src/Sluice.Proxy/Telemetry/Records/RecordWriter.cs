using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Sluice.Proxy.Telemetry.Records;

/// <summary>
/// Writes a line. Values are escaped, so that nothing that a client or backend sends can end the line or the JSON, or be a command for
/// a terminal that shows it: control characters, quotation marks, what is no UTF-8, and what turns the direction of writing.
/// </summary>
internal ref struct RecordWriter(Span<byte> space)
{
    /// <summary>Printable ASCII but quotation mark and backslash.</summary>
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(value => (byte)value).Where(value => value is not ((byte)'"' or (byte)'\\'))]);

    private readonly Span<byte> _space = space;
    private int _position;

    public readonly int Length => _position;

    /// <summary>The line did not fit; what was written is of no use.</summary>
    public bool IsFull { get; private set; }

    public void Write(byte value)
    {
        if (_position < _space.Length)
            _space[_position++] = value;
        else
            IsFull = true;
    }

    /// <summary>As it is.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(_space[_position..]))
            _position += bytes.Length;
        else
            IsFull = true;
    }

    /// <summary>As it is, between quotation marks.</summary>
    public void WriteQuoted(scoped ReadOnlySpan<byte> bytes)
    {
        var target = _space[_position..];
        if (target.Length < bytes.Length + 2)
        {
            IsFull = true;
            return;
        }

        target[0] = target[bytes.Length + 1] = (byte)'"';
        bytes.CopyTo(target[1..]);
        _position += bytes.Length + 2;
    }

    public void Write(long value)
    {
        if (Utf8Formatter.TryFormat(value, _space[_position..], out var written))
            _position += written;
        else
            IsFull = true;
    }

    /// <summary>Between quotation marks or not, in a text: escaped with backslashes, \xHH for octets.</summary>
    public void WriteText(scoped ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAnyExcept(Plain) < 0)
            Write(value);
        else
            WriteEscapedText(value);
    }

    /// <summary>A JSON string.</summary>
    public void WriteJsonString(scoped ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAnyExcept(Plain) < 0)
        {
            WriteQuoted(value);
            return;
        }

        Write((byte)'"');
        WriteEscapedJson(value);
        Write((byte)'"');
    }

    /// <summary>Inside a JSON string.</summary>
    public void WriteJson(scoped ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAnyExcept(Plain) < 0)
            Write(value);
        else
            WriteEscapedJson(value);
    }

    private void WriteEscapedText(scoped ReadOnlySpan<byte> value)
    {
        while (value.Length > 0 && !IsFull)
        {
            var status = Rune.DecodeFromUtf8(value, out var rune, out var length);
            if (status == OperationStatus.Done && IsShown(rune))
            {
                if (rune.Value is '"' or '\\')
                    Write((byte)'\\');
                Write(value[..length]);
            }
            else
            {
                foreach (var octet in value[..length])
                {
                    Write("\\x"u8);
                    Write(Digit(octet >> 4));
                    Write(Digit(octet & 15));
                }
            }

            value = value[length..];
        }
    }

    private void WriteEscapedJson(scoped ReadOnlySpan<byte> value)
    {
        while (value.Length > 0 && !IsFull)
        {
            var status = Rune.DecodeFromUtf8(value, out var rune, out var length);
            if (status != OperationStatus.Done)
            {
                Write("\\ufffd"u8);
            }
            else if (!IsShown(rune))
            {
                // None of those lies beyond the first 65536.
                Write("\\u"u8);
                for (var shift = 12; shift >= 0; shift -= 4)
                    Write(Digit((rune.Value >> shift) & 15));
            }
            else
            {
                if (rune.Value is '"' or '\\')
                    Write((byte)'\\');
                Write(value[..length]);
            }

            value = value[length..];
        }
    }

    /// <summary>No control character, no line or paragraph separator, nothing that reorders what stands around it.</summary>
    private static bool IsShown(Rune rune) => rune.Value switch
    {
        < 0x20 or (>= 0x7f and <= 0x9f) => false,
        0x61c or 0x200e or 0x200f or (>= 0x2028 and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfeff => false,
        _ => true,
    };

    private static byte Digit(int value) => "0123456789abcdef"u8[value];
}
