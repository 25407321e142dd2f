using System.CommandLine;
using System.Globalization;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Cli.Options;

/// <summary>The options of access logs and traces, the same for run, controller and proxy.</summary>
internal sealed class TelemetryOptions
{
    private readonly Option<string?> _log = ParsedOption.Create<string?>("--access-log", "-|FILE|URL|off", "Where a line for each request goes: - for standard output, a file, or a collector of OTLP such as grpc://HOST:4317. Default: off.", $"-, off, a file, or a collector's URL: {OtlpAddress.Expected}", TryParseSink);
    private readonly Option<AccessLogFormat?> _format = Checked<AccessLogFormat>("--access-log-format", "json|text|FORMAT", "How lines look: json (default), text, a text with operators such as %REQ(:PATH)%, or a JSON object with operators in its strings.", Format);
    private readonly Option<AccessLogFilter?> _filter = Checked("--access-log-filter", "EXPR", "Which requests get a line, such as 'status>=500 || duration>1s'. Default: all.", FilterExpression.Parse);
    private readonly Option<SampleFilter?> _sample = Checked("--access-log-sample", "PERCENT", "The share of requests that get a line. Default: 100.", text => FilterExpression.Sample("--access-log-sample", text));
    private readonly Option<OtlpProvider?> _trace = ParsedOption.Create<OtlpProvider?>("--trace", "URL", "The collector that spans are sent to by OTLP. Default: no spans.", OtlpAddress.Expected, OtlpAddress.TryParse!);
    private readonly Option<double?> _traceSample = ParsedOption.Create<double?>("--trace-sample", "PERCENT", "The share of requests that are traced, of those whose client has not decided it. Default: 100.", "a number from 0 to 100", TryParsePercent);

    public void AddTo(Command command, bool withTraces)
    {
        command.Add(_log);
        command.Add(_format);
        command.Add(_filter);
        command.Add(_sample);
        if (withTraces)
        {
            command.Add(_trace);
            command.Add(_traceSample);
        }

        command.Validators.Add(result =>
        {
            var isOff = result.GetResult(_log) is not { Tokens: [{ Value: not "off" }] };
            foreach (var option in (Option[])[_format, _filter, _sample])
            {
                if (isOff && result.GetResult(option) is not null)
                    result.AddError($"{option.Name} is for --access-log, which is not given or off.");
            }

            if (withTraces && result.GetResult(_traceSample) is not null && result.GetResult(_trace) is null)
                result.AddError("--trace-sample is for --trace, which is not given.");
        });
    }

    /// <summary>Null when nothing is to be told.</summary>
    public TelemetrySettings? Read(ParseResult parsed)
    {
        var tracing = parsed.GetValue(_trace) is { } provider ? new Tracing { Provider = provider, RandomSampling = parsed.GetValue(_traceSample) ?? 100 } : null;
        var settings = new TelemetrySettings { AccessLogs = Logs(parsed) ?? [], Tracing = tracing };
        return settings.IsEmpty ? null : settings;
    }

    /// <summary>Empty when they are off; null when nothing is said of them.</summary>
    public IReadOnlyList<AccessLog>? Logs(ParseResult parsed)
    {
        if (parsed.GetValue(_log) is not { } sink)
            return null;
        if (sink == "off")
            return [];
        var format = parsed.GetValue(_format) ?? AccessLogFormat.DefaultJson;
        AccessLogFilter?[] filters = [parsed.GetValue(_sample), parsed.GetValue(_filter)];
        AccessLogFilter[] given = [.. filters.OfType<AccessLogFilter>()];
        return
        [
            new AccessLog
            {
                Sink = IsUrl(sink) && OtlpAddress.TryParse(sink, out var provider) ? new OtlpLogSink { Provider = provider } : new FileLogSink(sink == "-" ? FileLogSink.StandardOutput : sink),
                Format = format,
                Filter = given.Length switch { 0 => null, 1 => given[0], _ => new AndFilter(given) },
            },
        ];
    }

    private static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    private static bool TryParseSink(string text, out string? value)
    {
        value = text;
        return text.Length > 0 && (!IsUrl(text) || OtlpAddress.TryParse(text, out _));
    }

    private static AccessLogFormat Format(string text)
    {
        var format = text switch
        {
            "json" => AccessLogFormat.DefaultJson,
            "text" => AccessLogFormat.DefaultText,
            ['{', ..] => new AccessLogFormat(AccessLogFormatType.Json, text),
            _ => new AccessLogFormat(AccessLogFormatType.Text, text.EndsWith('\n') ? text : text + "\n"),
        };
        if (format.Type == AccessLogFormatType.Json)
            JsonFormatParser.Parse(format.Value);
        else
            FormatParser.Parse(format.Value);
        return format;
    }

    private static bool TryParsePercent(string text, out double? value)
    {
        value = double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? percent : null;
        return value is not null;
    }

    /// <summary>An option whose value is refused with the reason that its parser gives.</summary>
    private static Option<T?> Checked<T>(string name, string helpName, string description, Func<string, T> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                try
                {
                    return parse(result.Tokens[0].Value);
                }
                catch (LogFormatException error)
                {
                    result.AddError($"{name}: {error.Message}.");
                    return null;
                }
            },
        };
}
