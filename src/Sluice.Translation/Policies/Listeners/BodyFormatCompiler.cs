using System.Text.Json;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Spec = Sluice.Resources.Policies.Common;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Bodies that are made of command operators.</summary>
internal static class BodyFormatCompiler
{
    /// <summary>Null when it cannot be used, which is reported.</summary>
    public static BodyFormat? Compile(Spec.BodyFormat format, IPolicySurroundings surroundings, string field)
    {
        if (Check(format, out var problem) is { } compiled)
            return compiled;
        surroundings.Problem(field, problem!);
        return null;
    }

    /// <summary>Null with what is wrong.</summary>
    public static BodyFormat? Check(Spec.BodyFormat format, out string? problem)
    {
        problem = null;
        try
        {
            switch (format)
            {
                case { Text: { } text, Json: null }:
                    FormatParser.Parse(text);
                    return new BodyFormat(new AccessLogFormat(AccessLogFormatType.Text, text), format.ContentType ?? BodyFormat.TextContentType);
                case { Text: null, Json: { ValueKind: JsonValueKind.Object } json }:
                    JsonFormatParser.Parse(json.GetRawText());
                    return new BodyFormat(new AccessLogFormat(AccessLogFormatType.Json, json.GetRawText()), format.ContentType ?? BodyFormat.JsonContentType);
                default:
                    problem = "must have text, or json with an object, and not both";
                    return null;
            }
        }
        catch (LogFormatException error)
        {
            problem = error.Message;
            return null;
        }
    }
}
