using System.Buffers;
using System.Text;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading.Yaml;

/// <summary>Makes the strings of scalars: straight from the text, or put together piece by piece where lines fold or escapes stand.</summary>
internal sealed class ScalarText(StringPool strings)
{
    public static readonly SearchValues<byte> BlockStops = SearchValues.Create(":#\n\r"u8);
    public static readonly SearchValues<byte> FlowStops = SearchValues.Create(":#\n\r,[]{}"u8);
    public static readonly SearchValues<byte> DoubleQuotedStops = SearchValues.Create("\"\\\n\r"u8);
    public static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create("'\n\r"u8);
    public static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\n\r,[]{}"u8);

    /// <summary>A buffer that one long value made longer than this is dropped after it.</summary>
    private const int KeptBuffer = 64 * 1024;

    private byte[] _pieces = new byte[256];
    private int _length;

    public string Share(ReadOnlySpan<byte> text) => strings.Share(text);

    /// <summary>Begins a value of several pieces.</summary>
    public void Start(ReadOnlySpan<byte> first)
    {
        _length = 0;
        Append(first);
    }

    public void Append(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > _pieces.Length - _length)
            Array.Resize(ref _pieces, Math.Max(_pieces.Length * 2, _length + piece.Length));
        piece.CopyTo(_pieces.AsSpan(_length));
        _length += piece.Length;
    }

    /// <summary>Line breaks inside a folded value: one becomes a space, of more the first is dropped.</summary>
    public void Fold(int breaks)
    {
        if (breaks == 1)
            Append(" "u8);
        for (var i = 1; i < breaks; i++)
            Append("\n"u8);
    }

    public void AppendRune(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        Append(bytes[..new Rune(value).EncodeToUtf8(bytes)]);
    }

    public string Finish()
    {
        var value = strings.Share(_pieces.AsSpan(0, _length));
        if (_pieces.Length > KeptBuffer)
            _pieces = new byte[256];
        return value;
    }

    /// <summary>The character of a one-letter escape; -1 for an unknown one.</summary>
    public static int Escaped(byte letter) => letter switch
    {
        (byte)'0' => 0,
        (byte)'a' => 7,
        (byte)'b' => 8,
        (byte)'t' or (byte)'\t' => 9,
        (byte)'n' => 10,
        (byte)'v' => 11,
        (byte)'f' => 12,
        (byte)'r' => 13,
        (byte)'e' => 27,
        (byte)' ' => ' ',
        (byte)'"' => '"',
        (byte)'/' => '/',
        (byte)'\\' => '\\',
        (byte)'N' => 0x85,
        (byte)'_' => 0xA0,
        (byte)'L' => 0x2028,
        (byte)'P' => 0x2029,
        _ => -1,
    };
}
