using Sluice.Configuration.Json;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// What a Gateway tells beside metrics, from configuration to configuration. What a worker has of it is null while there is nothing to
/// tell, which is what a request then costs: one comparison.
/// </summary>
internal sealed class GatewayTelemetry(string name, int workers, TelemetryOutputs outputs)
{
    private readonly WorkerTelemetry?[] _workers = new WorkerTelemetry?[workers];
    private readonly RecordCounters[] _logs = Counters(workers);
    private readonly RecordCounters[] _spans = Counters(workers);
    private readonly List<string> _warnings = [];
    private TelemetrySettings? _settings;
    private RuntimeTelemetry? _runtime;

    public string Gateway { get; } = name;

    /// <summary>Access log lines, over the workers.</summary>
    public RecordCounters Lines => Sum(_logs);

    public RecordCounters Spans => Sum(_spans);

    /// <summary>Whether there ever was anything to tell.</summary>
    public bool WasUsed { get; private set; }

    public WorkerTelemetry? For(Worker worker) => _workers[worker.Index];

    /// <summary>Off the workers: builds what the settings say. <see cref="Apply"/> follows on each worker when this returns true.</summary>
    /// <param name="settings">Null: nothing is told.</param>
    /// <param name="warnings">Gets what cannot be used.</param>
    public bool Update(TelemetrySettings? settings, ISet<string> warnings)
    {
        var isSame = IsSame(_settings, settings);
        _settings = settings;
        if (!isSame)
        {
            var problems = new SortedSet<string>(StringComparer.Ordinal);
            _runtime = settings is null ? null : RuntimeTelemetry.Create(settings, Gateway, outputs, problems);
            _warnings.Clear();
            _warnings.AddRange(problems);
        }

        warnings.UnionWith(_warnings);
        return !isSame;
    }

    /// <summary>On a worker: requests that begin from now on are told as <see cref="Update"/> was said.</summary>
    public void Apply(Worker worker)
    {
        _workers[worker.Index]?.Retire();
        _workers[worker.Index] = _runtime is null ? null : new WorkerTelemetry(_runtime, worker, _logs[worker.Index], _spans[worker.Index]);
        WasUsed |= _runtime is not null;
    }

    /// <summary>On a worker: hands over what waits.</summary>
    public void Flush(Worker worker) => _workers[worker.Index]?.Flush();

    /// <summary>On a worker: nothing more comes.</summary>
    public void Retire(Worker worker)
    {
        _workers[worker.Index]?.Retire();
        _workers[worker.Index] = null;
    }

    // By what they say: a stream makes new objects of the same settings.
    private static bool IsSame(TelemetrySettings? one, TelemetrySettings? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && TelemetryJson.ToBytes(one).AsSpan().SequenceEqual(TelemetryJson.ToBytes(other)));

    private static RecordCounters[] Counters(int count) => [.. Enumerable.Range(0, count).Select(_ => new RecordCounters())];

    private static RecordCounters Sum(RecordCounters[] counters) => new()
    {
        Written = counters.Sum(one => Volatile.Read(ref one.Written)),
        Dropped = counters.Sum(one => Volatile.Read(ref one.Dropped)),
        Lost = counters.Sum(one => Volatile.Read(ref one.Lost)),
    };
}
