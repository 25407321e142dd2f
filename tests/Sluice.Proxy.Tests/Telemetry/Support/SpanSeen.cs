namespace Sluice.Proxy.Tests.Telemetry.Support;

/// <summary>A span as a collector got it.</summary>
internal sealed record SpanSeen
{
    public SpanSeen(Proto span, Dictionary<string, string> resource)
    {
        Resource = resource;
        TraceId = Convert.ToHexStringLower(span.Bytes(1));
        SpanId = Convert.ToHexStringLower(span.Bytes(2));
        Parent = span.Has(4) ? Convert.ToHexStringLower(span.Bytes(4)) : null;
        Name = span.Text(5);
        Kind = (int)span.Number(6);
        Start = span.Number(7);
        End = span.Number(8);
        Attributes = span.Attributes(9);
        IsError = span.Has(15) && span.Message(15).Number(3) == 2;
    }

    public Dictionary<string, string> Resource { get; }

    public string TraceId { get; }

    public string SpanId { get; }

    public string? Parent { get; }

    public string Name { get; }

    /// <summary>2: server, 3: client.</summary>
    public int Kind { get; }

    public ulong Start { get; }

    public ulong End { get; }

    public Dictionary<string, string> Attributes { get; }

    public bool IsError { get; }
}
