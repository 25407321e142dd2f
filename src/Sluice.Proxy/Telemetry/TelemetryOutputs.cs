using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Otlp;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// The files and collectors that records go to, shared by all Gateways of a process. One that a Gateway has named stays until the
/// process ends: it costs a thread that sleeps, and nothing that is on its way to it can be lost.
/// </summary>
internal sealed class TelemetryOutputs(Action<string> report, string version) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LogFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OtlpExporter> _exporters = new(StringComparer.Ordinal);

    /// <summary>Of the program, for the resource of spans.</summary>
    public string Version { get; } = version;

    public IReadOnlyList<OtlpExporter> Exporters
    {
        get
        {
            lock (_lock)
                return [.. _exporters.Values];
        }
    }

    /// <summary>Whether there is a file that can be opened anew.</summary>
    public bool HasFiles
    {
        get
        {
            lock (_lock)
                return _files.Count > 0;
        }
    }

    public LogFile File(string path)
    {
        var name = path == "-" ? FileLogSink.StandardOutput : path;
        lock (_lock)
        {
            if (!_files.TryGetValue(name, out var file))
                _files.Add(name, file = new LogFile(name) { Report = report });
            return file;
        }
    }

    public OtlpExporter Exporter(OtlpProvider provider)
    {
        var headers = string.Join('\n', provider.Headers.Select(header => $"{header.Name}:{header.Value}"));
        var key = $"{provider.Protocol} {provider.Host} {provider.Port} {provider.IsSecure} {provider.ServerName} {provider.Path} {provider.Timeout} {headers} {string.Join('\n', provider.CaCertificates)}";
        lock (_lock)
        {
            if (!_exporters.TryGetValue(key, out var exporter))
                _exporters.Add(key, exporter = new OtlpExporter(provider) { Report = report });
            return exporter;
        }
    }

    /// <summary>Log files are opened anew, after they were moved away.</summary>
    public void Reopen()
    {
        lock (_lock)
        {
            foreach (var file in _files.Values)
                file.Reopen();
        }
    }

    /// <summary>Writes out what was handed over, for at most three seconds.</summary>
    public void Dispose()
    {
        RecordDrain[] drains;
        lock (_lock)
            drains = [.. _files.Values, .. _exporters.Values];
        Parallel.ForEach(drains, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, drains.Length) }, drain => drain.Dispose());
    }
}
