using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>Makes formats into steps: constant text is joined, and fields get their places in the plan.</summary>
internal sealed class LogCompiler(CapturePlan plan)
{
    private readonly List<LogStep> _steps = [];
    private readonly ArrayBufferWriter<byte> _literal = new();

    /// <exception cref="LogFormatException">The format is none.</exception>
    public static LogStep[] Compile(AccessLogFormat format, CapturePlan plan)
    {
        var compiler = new LogCompiler(plan);
        if (format.Type == AccessLogFormatType.Text)
        {
            compiler.Add(FormatParser.Parse(format.Value), LogStepForm.Text);
        }
        else
        {
            compiler.Add(JsonFormatParser.Parse(format.Value));
            compiler.Literal("\n"u8);
        }

        return compiler.Finish();
    }

    /// <summary>Steps of one value, as text that nobody escapes afterwards.</summary>
    public static LogStep[] Compile(IReadOnlyList<LogSegment> segments, CapturePlan plan)
    {
        var compiler = new LogCompiler(plan);
        compiler.Add(segments, LogStepForm.Text);
        return compiler.Finish();
    }

    private void Add(FormatNode node)
    {
        switch (node)
        {
            case FormatText { Single: { } single }:
                Add(single, single.IsNumber ? LogStepForm.JsonNumber : LogStepForm.JsonString);
                break;
            case FormatText text:
                Literal("\""u8);
                Add(text.Segments, LogStepForm.JsonPart);
                Literal("\""u8);
                break;
            case FormatConstant constant:
                Literal(Encoding.UTF8.GetBytes(constant.Json));
                break;
            case FormatObject members:
                for (var i = 0; i < members.Members.Count; i++)
                {
                    Literal(i == 0 ? "{"u8 : ","u8);
                    Literal(Quoted(members.Members[i].Key));
                    Literal(":"u8);
                    Add(members.Members[i].Value);
                }

                Literal(members.Members.Count == 0 ? "{}"u8 : "}"u8);
                break;
            case FormatList list:
                Literal("["u8);
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (i > 0)
                        Literal(","u8);
                    Add(list.Items[i]);
                }

                Literal("]"u8);
                break;
        }
    }

    private void Add(IReadOnlyList<LogSegment> segments, LogStepForm form)
    {
        foreach (var segment in segments)
        {
            if (segment.Operator != LogOperator.Literal)
                Add(segment, form);
            else if (form == LogStepForm.JsonPart)
                Literal(Quoted(segment.Text).AsSpan()[1..^1]);
            else
                Literal(Encoding.UTF8.GetBytes(segment.Text));
        }
    }

    private void Add(LogSegment segment, LogStepForm form)
    {
        plan.Note(segment.Operator);
        _steps.Add(new LogStep
        {
            Operator = segment.Operator,
            Form = form,
            Literal = _literal.WrittenSpan.ToArray(),
            Index = IsField(segment.Operator) ? Place(segment.Operator, segment.Text) : segment.Text.Length,
            Alternative = segment.Alternative is { } alternative ? Place(segment.Operator, alternative) : -1,
            MaxLength = segment.MaxLength,
            IsPlain = IsPlain(segment),
            Key = segment.Operator == LogOperator.DynamicMetadata ? segment.Text : null,
            Time = segment.Operator == LogOperator.StartTime && segment.Text.Length > 0 ? new TimePattern(segment.Text) : null,
        });
        _literal.ResetWrittenCount();
    }

    /// <summary>Numbers, addresses, words of ours, and names that Kubernetes allows.</summary>
    private static bool IsPlain(LogSegment segment) => segment.IsNumber || segment.Operator is
        LogOperator.Protocol or LogOperator.ResponseCodeDetails or LogOperator.ResponseFlags or LogOperator.DownstreamRemoteAddress or
        LogOperator.DownstreamRemoteAddressWithoutPort or LogOperator.DownstreamLocalAddress or LogOperator.UpstreamHost or LogOperator.UpstreamCluster or
        LogOperator.Gateway or LogOperator.Listener or LogOperator.RouteName or LogOperator.GrpcStatus or LogOperator.TraceId ||
        (segment.Operator == LogOperator.StartTime && segment.Text.Length == 0);

    private static bool IsField(LogOperator known) => known is LogOperator.Request or LogOperator.Response or LogOperator.Trailer;

    private int Place(LogOperator known, string name) => name switch
    {
        ":method" => OperatorValues.MethodPlace,
        ":path" => OperatorValues.PathPlace,
        ":authority" => OperatorValues.AuthorityPlace,
        ":scheme" => OperatorValues.SchemePlace,
        ":status" => OperatorValues.StatusPlace,
        _ => CapturePlan.Add(known switch { LogOperator.Request => plan.Request, LogOperator.Response => plan.Response, _ => plan.Trailers }, name),
    };

    private void Literal(ReadOnlySpan<byte> bytes) => _literal.Write(bytes);

    private static byte[] Quoted(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) is var encoded
        ? [(byte)'"', .. encoded.EncodedUtf8Bytes, (byte)'"']
        : [];

    private LogStep[] Finish()
    {
        if (_literal.WrittenCount > 0)
            _steps.Add(new LogStep { Operator = LogOperator.Literal, Form = LogStepForm.Text, Literal = _literal.WrittenSpan.ToArray() });
        return [.. _steps];
    }
}
