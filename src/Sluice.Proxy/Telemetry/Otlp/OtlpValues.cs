using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>Attributes (common.proto, KeyValue and AnyValue) and values of operators in them.</summary>
internal static class OtlpValues
{
    /// <summary>Of spans and of log records.</summary>
    public const int SpanAttributes = 9;

    private const int Key = 1;
    private const int Value = 2;
    private const int StringValue = 1;
    private const int IntValue = 3;

    public static void Attribute(this ref ProtobufWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        var attribute = writer.Begin(SpanAttributes);
        writer.Bytes(Key, name);
        var any = writer.Begin(Value);
        writer.Text(StringValue, value);
        writer.End(any);
        writer.End(attribute);
    }

    public static void Attribute(this ref ProtobufWriter writer, scoped ReadOnlySpan<byte> name, long value)
    {
        var attribute = writer.Begin(SpanAttributes);
        writer.Bytes(Key, name);
        var any = writer.Begin(Value);
        writer.Number(IntValue, value);
        writer.End(any);
        writer.End(attribute);
    }

    /// <summary>A string attribute whose value is written piece by piece.</summary>
    public static (int Attribute, int Any, int Text) BeginAttribute(this ref ProtobufWriter writer, scoped ReadOnlySpan<byte> name)
    {
        var attribute = writer.Begin(SpanAttributes);
        writer.Bytes(Key, name);
        var any = writer.Begin(Value);
        return (attribute, any, writer.Begin(StringValue));
    }

    public static void EndAttribute(this ref ProtobufWriter writer, (int Attribute, int Any, int Text) places)
    {
        writer.End(places.Text);
        writer.End(places.Any);
        writer.End(places.Attribute);
    }

    /// <summary>Whether there is a value for every operator.</summary>
    public static bool HasAll(LogStep[] steps, RequestRecord record, OperatorValues values)
    {
        Span<byte> scratch = stackalloc byte[OperatorValues.ScratchSize];
        foreach (ref readonly var step in steps.AsSpan())
        {
            if (step.Operator != LogOperator.Literal && !values.TryGet(step, record, scratch, out _))
                return false;
        }

        return true;
    }

    /// <summary>What the steps become, one behind the other; "-" for what is absent.</summary>
    public static void WriteText(ref ProtobufWriter writer, LogStep[] steps, RequestRecord record, OperatorValues values)
    {
        Span<byte> scratch = stackalloc byte[OperatorValues.ScratchSize];
        foreach (ref readonly var step in steps.AsSpan())
        {
            writer.Raw(step.Literal);
            if (step.Operator == LogOperator.Literal)
                continue;
            if (!values.TryGet(step, record, scratch, out var value))
                value = "-"u8;
            writer.RawText(step.MaxLength >= 0 && value.Length > step.MaxLength ? value[..step.MaxLength] : value);
        }
    }
}
