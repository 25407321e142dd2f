using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Listeners;

/// <summary>A <see cref="LocalReplyMapper"/>, compiled. Shared by the workers.</summary>
internal sealed class RuntimeReplyMapper
{
    private readonly (string Name, LogStep[] Steps)[] _headers;

    /// <exception cref="LogFormatException">Filter, format or a header cannot be used.</exception>
    public RuntimeReplyMapper(LocalReplyMapper source, CapturePlan plan)
    {
        if (source.StatusCode is < 200 or > 599)
            throw new LogFormatException($"{source.StatusCode} is no status code from 200 to 599");
        Filter = source.Filter is { } filter ? RecordFilter.Compile(filter, plan) : null;
        StatusCode = source.StatusCode ?? 0;
        Body = source.Body is null ? null : Encoding.UTF8.GetBytes(source.Body);
        Format = source.BodyFormat is { } format ? RuntimeLocalReplies.Compile(format, plan) : null;
        _headers = [.. source.Headers.Select(header => (header.Name.ToLowerInvariant(), Compile(header, plan)))];
    }

    /// <summary>Null: all.</summary>
    public RecordFilter? Filter { get; }

    /// <summary>0: as it is.</summary>
    public int StatusCode { get; }

    public byte[]? Body { get; }

    public RuntimeBodyFormat? Format { get; }

    public bool HasHeaders => _headers.Length > 0;

    /// <summary>Fields of an answer, with those that it has already. A value that became too long is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers(IReadOnlyList<KeyValuePair<string, string>>? known, RequestRecord record, OperatorValues values)
    {
        List<KeyValuePair<string, string>> fields = [.. known ?? []];
        Span<byte> value = stackalloc byte[1024];
        foreach (var (name, steps) in _headers)
        {
            var writer = new RecordWriter(value);
            LineWriter.Write(ref writer, steps, record, values);
            if (!writer.IsFull)
                fields.Add(new(name, Encoding.Latin1.GetString(value[..writer.Length])));
        }

        return fields;
    }

    private static LogStep[] Compile(HeaderValue header, CapturePlan plan)
    {
        if (!FieldSyntax.IsName(header.Name) || !FieldSyntax.IsValue(header.Value))
            throw new LogFormatException("a header's name or value is none");
        if (ReservedFields.Contains(header.Name) || header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
            throw new LogFormatException($"\"{header.Name}\" is written by the proxy itself; give a body format its content type");
        return LogCompiler.Compile(FormatParser.Parse(header.Value), plan);
    }
}
