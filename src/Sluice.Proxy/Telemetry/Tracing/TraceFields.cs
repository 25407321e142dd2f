using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>The fields that carry trace contexts (W3C Trace Context, B3), read from requests and written for backends.</summary>
internal static class TraceFields
{
    /// <summary>Bytes of the value of traceparent.</summary>
    public const int ParentLength = 55;

    /// <summary>Bytes of the value of b3.</summary>
    public const int B3Length = 51;

    /// <summary>Whether a field is written anew where there is a context.</summary>
    public static bool IsReplaced(ReadOnlySpan<byte> name, bool keepsState) => name.Length switch
    {
        2 => Is(name, "b3"u8),
        10 => Is(name, "x-b3-flags"u8) || (!keepsState && Is(name, "tracestate"u8)),
        11 => Is(name, "traceparent"u8) || Is(name, "x-b3-spanid"u8),
        12 => Is(name, "x-b3-traceid"u8) || Is(name, "x-b3-sampled"u8),
        17 => Is(name, "x-b3-parentspanid"u8),
        _ => false,
    };

    /// <summary>The context that the client sent; traceparent goes before B3, and what is malformed counts as absent.</summary>
    public static TraceContext Read(RequestHead head, out bool wantsTrace)
    {
        wantsTrace = false;
        TraceContext w3c = default, single = default, multiple = default;
        var parents = 0;
        ReadOnlySpan<byte> flags = default, sampled = default;
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known != KnownField.Other)
                continue;
            var name = head.NameOf(field);
            switch (name.Length)
            {
                case 2 when Is(name, "b3"u8):
                    ReadSingle(head.ValueOf(field), ref single);
                    break;
                case 10 when Is(name, "x-b3-flags"u8):
                    flags = head.ValueOf(field);
                    break;
                case 11 when Is(name, "traceparent"u8):
                    if (++parents > 1 || !TryReadParent(head.ValueOf(field), ref w3c))
                        w3c = default;
                    break;
                case 11 when Is(name, "x-b3-spanid"u8):
                    TryReadHex(head.ValueOf(field), out multiple.ParentSpan);
                    break;
                case 12 when Is(name, "x-b3-traceid"u8):
                    ReadTraceId(head.ValueOf(field), ref multiple);
                    break;
                case 12 when Is(name, "x-b3-sampled"u8):
                    sampled = head.ValueOf(field);
                    break;
                case 17 when Is(name, "x-client-trace-id"u8):
                    wantsTrace = true;
                    break;
            }
        }

        if (w3c.IsPresent)
        {
            w3c.KeepsState = true;
            w3c.B3 = single.B3 != B3Form.None ? B3Form.Single : multiple.IsPresent ? B3Form.Multiple : B3Form.None;
            return w3c;
        }

        if (single.B3 != B3Form.None)
            return single;
        if (flags.Length == 0 && sampled.Length == 0 && !multiple.IsPresent)
            return default;
        multiple.B3 = B3Form.Multiple;
        if (flags.SequenceEqual("1"u8) || sampled.Length > 0)
            (multiple.HasDecision, multiple.IsSampled) = (true, flags.SequenceEqual("1"u8) || IsYes(sampled));
        if (multiple.ParentSpan == 0)
            multiple.TraceHigh = multiple.TraceLow = 0;
        return multiple;
    }

    /// <summary>The value of traceparent for backends.</summary>
    public static void WriteParent(in TraceContext context, Span<byte> target)
    {
        "00-"u8.CopyTo(target);
        context.WriteTraceId(target[3..]);
        target[35] = (byte)'-';
        TraceContext.WriteHex(context.Span, target[36..]);
        (context.IsSampled ? "-01"u8 : "-00"u8).CopyTo(target[52..]);
    }

    /// <summary>The value of b3 for backends.</summary>
    public static void WriteB3(in TraceContext context, Span<byte> target)
    {
        context.WriteTraceId(target);
        target[32] = (byte)'-';
        TraceContext.WriteHex(context.Span, target[33..]);
        (context.IsSampled ? "-1"u8 : "-0"u8).CopyTo(target[49..]);
    }

    private static bool TryReadParent(ReadOnlySpan<byte> value, ref TraceContext context)
    {
        // Versions to come may say more behind (Trace Context 1, 3.2.2); ff is none.
        if (value.Length < ParentLength || value[2] != '-' || value[35] != '-' || value[52] != '-' || !TryReadByte(value, out var version) || version == 0xff)
            return false;
        if (value.Length > ParentLength && (version == 0 || value[ParentLength] != '-'))
            return false;
        if (!TryReadHex(value[3..19], out context.TraceHigh) || !TryReadHex(value[19..35], out context.TraceLow) || !TryReadHex(value[36..52], out context.ParentSpan) || !TryReadByte(value[53..], out var flags))
            return false;
        (context.HasDecision, context.IsSampled) = (true, (flags & 1) != 0);
        return context.IsPresent && context.ParentSpan != 0;
    }

    private static void ReadSingle(ReadOnlySpan<byte> value, ref TraceContext context)
    {
        if (value.Length == 1)
        {
            if (value[0] is not ((byte)'0' or (byte)'1' or (byte)'d'))
                return;
            (context.HasDecision, context.IsSampled, context.B3) = (true, value[0] != '0', B3Form.Single);
            return;
        }

        var dash = value.IndexOf((byte)'-');
        if (dash is not (16 or 32) || value.Length < dash + 17)
            return;
        var read = default(TraceContext);
        ReadTraceId(value[..dash], ref read);
        if (!read.IsPresent || !TryReadHex(value.Slice(dash + 1, 16), out read.ParentSpan) || read.ParentSpan == 0)
            return;
        var rest = value[(dash + 17)..];
        if (rest.Length > 0 && (rest.Length < 2 || rest[0] != '-'))
            return;
        if (rest.Length > 0)
            (read.HasDecision, read.IsSampled) = (true, rest[1] is (byte)'1' or (byte)'d');
        read.B3 = B3Form.Single;
        context = read;
    }

    /// <summary>16 or 32 digits; stays absent when it is something else.</summary>
    private static void ReadTraceId(ReadOnlySpan<byte> value, ref TraceContext context)
    {
        ulong high = 0;
        if (value.Length == 32 && !TryReadHex(value[..16], out high))
            return;
        if (value.Length is 16 or 32 && TryReadHex(value[^16..], out var low))
            (context.TraceHigh, context.TraceLow) = (high, low);
    }

    private static bool IsYes(ReadOnlySpan<byte> value) => value.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(value, "true"u8);

    private static bool TryReadByte(ReadOnlySpan<byte> digits, out int value)
    {
        value = (Digit(digits[0]) << 4) | Digit(digits[1]);
        return value >= 0;
    }

    /// <summary>16 digits in lower or upper case.</summary>
    private static bool TryReadHex(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        if (digits.Length != 16)
            return false;
        ulong read = 0;
        foreach (var digit in digits)
        {
            var one = Digit(digit);
            if (one < 0)
                return false;
            read = (read << 4) | (uint)one;
        }

        value = read;
        return true;
    }

    private static int Digit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(name, lowerCase);
}
