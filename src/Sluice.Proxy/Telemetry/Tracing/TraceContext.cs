using System.Buffers.Binary;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>The trace of one request: what the client said of it, and the proxy's own span.</summary>
internal struct TraceContext
{
    public ulong TraceHigh;
    public ulong TraceLow;

    /// <summary>The client's span; 0: there is none.</summary>
    public ulong ParentSpan;

    /// <summary>The proxy's server span.</summary>
    public ulong Span;

    /// <summary>Spans are recorded, here and by whoever follows the context.</summary>
    public bool IsSampled;

    /// <summary>The client said whether; otherwise it is decided here.</summary>
    public bool HasDecision;

    /// <summary>How backends are told besides traceparent: as the client told it.</summary>
    public B3Form B3;

    /// <summary>The client's tracestate belongs to this trace, and goes on.</summary>
    public bool KeepsState;

    public readonly bool IsPresent => (TraceHigh | TraceLow) != 0;

    public readonly void WriteTraceId(Span<byte> hex)
    {
        WriteHex(TraceHigh, hex);
        WriteHex(TraceLow, hex[16..]);
    }

    public readonly void CopyTraceId(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(octets, TraceHigh);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], TraceLow);
    }

    /// <summary>16 digits in lower case.</summary>
    public static void WriteHex(ulong value, Span<byte> target)
    {
        Span<byte> octets = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(octets, value);
        Convert.TryToHexStringLower(octets, target, out _);
    }
}
