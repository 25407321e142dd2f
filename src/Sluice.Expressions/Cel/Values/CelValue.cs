using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>
/// A value of an expression or a template: 24 bytes, scalars and strings without boxing. Strings are UTF-8, in an array or in
/// memory that is not managed; in the latter case the value lives no longer than that memory.
/// </summary>
public readonly unsafe struct CelValue
{
    private readonly object? _object;

    // The scalar; seconds of a timestamp; offset into the array or address of a string.
    private readonly long _bits;

    // Length of a string; nanoseconds of a timestamp.
    private readonly int _extra;

    private CelValue(CelKind kind, object? value, long bits, int extra)
    {
        Kind = kind;
        _object = value;
        _bits = bits;
        _extra = extra;
    }

    public static CelValue Absent => default;

    public static CelValue Null => new(CelKind.Null, null, 0, 0);

    public static CelValue True => new(CelKind.Bool, null, 1, 0);

    public static CelValue False => new(CelKind.Bool, null, 0, 0);

    public static CelValue EmptyString => Utf8([]);

    public CelKind Kind { get; }

    public bool IsError => Kind == CelKind.Error;

    public bool IsAbsent => Kind == CelKind.Absent;

    public bool IsTrue => Kind == CelKind.Bool && _bits != 0;

    public bool IsFalse => Kind == CelKind.Bool && _bits == 0;

    /// <summary>Of an Int or a Duration (nanoseconds); seconds since 1970 of a Timestamp.</summary>
    public long AsInt => _bits;

    public ulong AsUInt => (ulong)_bits;

    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>Of a String (UTF-8) or Bytes.</summary>
    public ReadOnlySpan<byte> Span => _object is null ? new((void*)_bits, _extra) : Unsafe.As<byte[]>(_object).AsSpan((int)_bits, _extra);

    /// <summary>Length of a String or Bytes in bytes.</summary>
    public int Length => _extra;

    public CelList List => (CelList)_object!;

    public CelMap Map => (CelMap)_object!;

    /// <summary>Null when it is none.</summary>
    public CelError? Error => Kind == CelKind.Error ? (CelError)_object! : null;

    /// <summary>Of a Type.</summary>
    public CelType Type => (CelType)_object!;

    internal CelAddress Address => (CelAddress)_object!;

    internal CelRange Range => (CelRange)_object!;

    /// <summary>Of a Timestamp: the nanoseconds within its second.</summary>
    internal int Nanoseconds => _extra;

    internal bool IsNumber => Kind is CelKind.Int or CelKind.UInt or CelKind.Double;

    public static CelValue Of(bool value) => new(CelKind.Bool, null, value ? 1 : 0, 0);

    public static CelValue Of(long value) => new(CelKind.Int, null, value, 0);

    public static CelValue Of(ulong value) => new(CelKind.UInt, null, (long)value, 0);

    public static CelValue Of(double value) => new(CelKind.Double, null, BitConverter.DoubleToInt64Bits(value), 0);

    /// <summary>A string; allocates its UTF-8.</summary>
    public static CelValue Of(string value) => Utf8(Encoding.UTF8.GetBytes(value));

    public static CelValue Of(CelList value) => new(CelKind.List, value, 0, 0);

    public static CelValue Of(CelMap value) => new(CelKind.Map, value, 0, 0);

    public static CelValue Of(CelType value) => new(CelKind.Type, value, 0, 0);

    public static CelValue Of(CelError error) => new(CelKind.Error, error, 0, 0);

    /// <summary>To 100 nanoseconds.</summary>
    public static CelValue Of(DateTimeOffset value)
    {
        var seconds = value.ToUnixTimeSeconds();
        var ticks = value.UtcTicks - DateTimeOffset.FromUnixTimeSeconds(seconds).UtcTicks;
        return Timestamp(seconds, (int)ticks * 100);
    }

    public static CelValue Of(TimeSpan value) => Duration(checked(value.Ticks * 100));

    public static CelValue Failure(string message) => Of(new CelError(message));

    public static CelValue Utf8(byte[] text) => new(CelKind.String, text, 0, text.Length);

    public static CelValue Utf8(byte[] buffer, int offset, int length) => new(CelKind.String, buffer, offset, length);

    /// <summary>A string in memory that is not managed; the value must not outlive it.</summary>
    public static CelValue Utf8(byte* text, int length) => length == 0 ? EmptyString : new(CelKind.String, null, (long)text, length);

    public static CelValue Bytes(byte[] value) => new(CelKind.Bytes, value, 0, value.Length);

    public static CelValue Bytes(byte[] buffer, int offset, int length) => new(CelKind.Bytes, buffer, offset, length);

    public static CelValue Timestamp(long seconds, int nanoseconds) => new(CelKind.Timestamp, null, seconds, nanoseconds);

    public static CelValue Duration(long nanoseconds) => new(CelKind.Duration, null, nanoseconds, 0);

    internal static CelValue Of(CelAddress value) => new(CelKind.Ip, value, 0, 0);

    internal static CelValue Of(CelRange value) => new(CelKind.Cidr, value, 0, 0);

    /// <summary>A part of a String or Bytes, in bytes, without copying.</summary>
    internal CelValue Slice(int offset, int length) => new(Kind, _object, _bits + offset, length);

    /// <summary>The same bytes as a String or as Bytes.</summary>
    internal CelValue As(CelKind kind) => new(kind, _object, _bits, _extra);

    /// <summary>A String or Bytes whose memory is its own; other values as they are.</summary>
    public CelValue Detached() => Kind is CelKind.String or CelKind.Bytes && _object is null ? new(Kind, Span.ToArray(), 0, _extra) : this;

    /// <summary>For messages and tests, not of the language.</summary>
    public override string ToString() => CelText.Describe(this);
}
