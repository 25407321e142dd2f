using System.Diagnostics;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Listeners;

/// <summary>What the proxy's own answers on a listener look like, compiled. Shared by the workers.</summary>
internal sealed class RuntimeLocalReplies
{
    private readonly RuntimeBodyFormat? _default;
    private readonly List<RuntimeReplyMapper> _mappers = [];

    /// <param name="source">What cannot be used of it is left out.</param>
    /// <param name="problems">Gets a message for each of those.</param>
    public RuntimeLocalReplies(LocalReplySettings source, List<string> problems)
    {
        try
        {
            _default = source.DefaultBodyFormat is { } format ? Compile(format, Plan) : null;
        }
        catch (LogFormatException error)
        {
            problems.Add($"local replies: {error.Message}; bodies are as they are");
        }

        for (var i = 0; i < Math.Min(source.Mappers.Count, LocalReplySettings.MaxMappers); i++)
        {
            try
            {
                _mappers.Add(new RuntimeReplyMapper(source.Mappers[i], Plan));
            }
            catch (LogFormatException error)
            {
                problems.Add($"local replies, mapper {i}: {error.Message}; it is not applied");
            }
        }
    }

    /// <summary>What must be known of a request when it is answered.</summary>
    public CapturePlan Plan { get; } = new();

    /// <exception cref="LogFormatException">It cannot be used.</exception>
    public static RuntimeBodyFormat Compile(BodyFormat format, CapturePlan plan) => FieldSyntax.IsValue(format.ContentType)
        ? new RuntimeBodyFormat(format.Format, format.ContentType, plan)
        : throw new LogFormatException("the content type has a control character");

    /// <summary>An answer as it is to be sent. Spans of it live until the worker answers again.</summary>
    /// <param name="services">The worker's.</param>
    /// <param name="record">What is known of the request, but for status and body.</param>
    /// <param name="answer">As it would be otherwise.</param>
    public LocalAnswer Apply(WorkerServices services, RequestRecord record, LocalAnswer answer)
    {
        record.Ended = Stopwatch.GetTimestamp();
        record.StatusCode = answer.StatusCode;
        var mapper = _mappers.Find(mapper => mapper.Filter is null || mapper.Filter.Passes(record, services.Worker));
        var body = answer.Body;
        if (mapper is not null)
        {
            if (mapper.StatusCode > 0)
                record.StatusCode = mapper.StatusCode;
            if (mapper.Body is not null)
                body = mapper.Body;
        }

        var format = mapper?.Format ?? _default;
        var contentType = mapper?.Body is not null && answer.ContentType.Length == 0 ? "text/plain"u8 : answer.ContentType;
        if (format is not null)
        {
            record.LocalReplyBody = record.Copy(body.EndsWith("\n"u8) ? body[..^1] : body, default);
            body = format.Write(services, record);
            contentType = format.ContentType;
        }

        return answer with
        {
            StatusCode = record.StatusCode,
            ContentType = contentType,
            Body = record.StatusCode is 204 or 304 ? default : body,
            Fields = mapper is { HasHeaders: true } ? mapper.Headers(answer.Fields, record, services.ReplyValues(record.Listener?.Telemetry?.Gateway ?? "")) : answer.Fields,
        };
    }

    /// <summary>As above, for a request of which nothing can be believed but where it came from.</summary>
    public LocalAnswer Apply(WorkerServices services, IDownstream downstream, LocalAnswer answer)
    {
        var record = new RequestRecord(Plan);
        record.Reset();
        record.StartTicks = DateTime.UtcNow.Ticks;
        record.Started = Stopwatch.GetTimestamp();
        ClientFacts.Take(record, downstream);
        return Apply(services, record, answer);
    }
}
