using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>Writes the line of a record by a compiled format.</summary>
internal static class LineWriter
{
    public static void Write(ref RecordWriter writer, LogStep[] steps, RequestRecord record, OperatorValues values)
    {
        Span<byte> scratch = stackalloc byte[OperatorValues.ScratchSize];
        for (var i = 0; i < steps.Length; i++)
        {
            ref readonly var step = ref steps[i];
            writer.Write(step.Literal);
            if (step.Operator == LogOperator.Literal)
                continue;
            var isThere = values.TryGet(step, record, scratch, out var value);
            if (isThere && step.MaxLength >= 0 && value.Length > step.MaxLength)
                value = value[..step.MaxLength];
            switch (step.Form)
            {
                case LogStepForm.JsonNumber:
                    writer.Write(isThere ? value : "null"u8);
                    break;
                case LogStepForm.JsonString when isThere:
                    writer.Write((byte)'"');
                    if (step.IsPlain)
                        writer.Write(value);
                    else
                        writer.WriteJson(value);
                    writer.Write((byte)'"');
                    break;
                case LogStepForm.JsonString:
                    writer.Write("null"u8);
                    break;
                case LogStepForm.JsonPart:
                    writer.WriteJson(isThere ? value : "-"u8);
                    break;
                case LogStepForm.Text when step.Operator == LogOperator.LocalReplyBody:
                    writer.Write(isThere ? value : default);
                    break;
                default:
                    writer.WriteText(isThere ? value : "-"u8);
                    break;
            }
        }
    }
}
