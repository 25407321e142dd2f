using System.Text;
using Sluice.Proxy.Calls.Protobuf;

namespace Sluice.Controller.RateLimits;

/// <summary>The messages of envoy.service.ratelimit.v3.RateLimitService.</summary>
internal static class LimitMessages
{
    /// <summary>Descriptors that a question may have.</summary>
    private const int MaxDescriptors = 64;

    /// <summary>Entries that a descriptor may have.</summary>
    private const int MaxEntries = 32;

    /// <summary>Null when the message is none, or beyond a limit.</summary>
    public static LimitQuestion? Read(ReadOnlySpan<byte> message)
    {
        var domain = "";
        long hits = 1;
        var descriptors = new List<LimitDescriptor>();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = Encoding.UTF8.GetString(reader.Bytes);
                    break;
                case 2:
                    if (descriptors.Count == MaxDescriptors || ReadDescriptor(reader.Bytes) is not { } descriptor)
                        return null;
                    descriptors.Add(descriptor);
                    break;
                case 3:
                    hits = (long)Math.Max(1, Math.Min(reader.Number, uint.MaxValue));
                    break;
            }
        }
        return reader.IsBroken || domain.Length == 0 || descriptors.Count == 0 ? null : new LimitQuestion(domain, descriptors, hits);
    }

    // RateLimitResponse: overall_code 1, statuses 2 (code 1, current_limit 2, limit_remaining 3, duration_until_reset 4).
    public static void Write(ProtobufWriter writer, LimitStatus[] statuses)
    {
        writer.Number(1, Array.Exists(statuses, status => status.IsOver) ? 2L : 1L);
        foreach (var status in statuses)
        {
            var message = writer.Begin(2);
            writer.Number(1, status.IsOver ? 2L : 1L);
            if (status.Rule is { } rule)
            {
                var limit = writer.Begin(2);
                writer.Number(1, rule.RequestsPerUnit);
                writer.Number(2, (long)rule.Unit);
                writer.Text(3, rule.Name);
                writer.End(limit);
                writer.Number(3, status.Remaining);
                var reset = writer.Begin(4);
                writer.Number(1, status.Reset);
                writer.End(reset);
            }
            writer.End(message);
        }
    }

    // entries 1, limit 2, hits_addend 3 (UInt64Value).
    private static LimitDescriptor? ReadDescriptor(ReadOnlySpan<byte> message)
    {
        var entries = new List<(string, string)>();
        LimitRule? rule = null;
        long? hits = null;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    if (entries.Count == MaxEntries)
                        return null;
                    var (key, value) = ReadEntry(reader.Bytes);
                    entries.Add((key, value));
                    break;
                case 2:
                    rule = ReadOverride(reader.Bytes);
                    if (rule is null)
                        return null;
                    break;
                case 3:
                    hits = ReadNumber(reader.Bytes);
                    break;
            }
        }
        return reader.IsBroken || entries.Count == 0 ? null : new LimitDescriptor(entries, hits, rule);
    }

    private static (string Key, string Value) ReadEntry(ReadOnlySpan<byte> message)
    {
        string key = "", value = "";
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                key = Encoding.UTF8.GetString(reader.Bytes);
            else if (reader.Field == 2)
                value = Encoding.UTF8.GetString(reader.Bytes);
        }
        return (key, value);
    }

    private static LimitRule? ReadOverride(ReadOnlySpan<byte> message)
    {
        ulong requests = 0, unit = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                requests = reader.Number;
            else if (reader.Field == 2)
                unit = reader.Number;
        }
        return reader.IsBroken || unit is < 1 or > 7 || requests > uint.MaxValue ? null : new LimitRule { RequestsPerUnit = (long)requests, Unit = (LimitUnit)unit };
    }

    private static long ReadNumber(ReadOnlySpan<byte> message)
    {
        ulong number = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                number = reader.Number;
        }
        return (long)Math.Min(number, uint.MaxValue);
    }
}
