using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>
/// Exports spans and log records of all Gateways that have the same collector: one message for each buffer, one after the other. What
/// may be sent again is, with growing pauses; while the collector is away buffers wait at the workers, and what finds no room there
/// is dropped.
/// </summary>
internal sealed class OtlpExporter(OtlpProvider provider) : RecordDrain
{
    /// <summary>Times one message is sent.</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly OtlpClient _client = new(provider);
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _stopping = new(false);
    private TimeSpan _pause = FirstPause;
    private bool _isTroubled;
    private long _exports;
    private long _failures;

    /// <summary>Spans and log records may wait longer than lines of a file: fewer, larger messages.</summary>
    public override int FlushMilliseconds => 1000;

    public override string Name => $"OTLP collector {Address}";

    /// <summary>As in metrics.</summary>
    public string Address { get; } = $"{provider.Host}:{provider.Port}";

    /// <summary>Messages that the collector has taken.</summary>
    public long Exports => Interlocked.Read(ref _exports);

    /// <summary>Times that one was not taken, those that were sent again included.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    protected override int Write(RecordStream stream, RecordBuffer buffer)
    {
        var otlp = (OtlpStream)stream;
        var message = OtlpMessage.Request(otlp, buffer);
        for (var attempt = 1; ; attempt++)
        {
            var result = _client.SendAsync(otlp.Signal, message, _stop.Token).GetAwaiter().GetResult();
            if (result.Error is null)
            {
                Succeeded();
                return (int)Math.Clamp(result.Rejected, 0, buffer.Count);
            }

            Interlocked.Increment(ref _failures);
            Trouble(result.Error);
            if (!result.MayRetry || attempt == Attempts || IsStopping)
                return buffer.Count;
            Pause();
        }
    }

    /// <summary>What is under way may be finished until then.</summary>
    protected override void OnStopping(TimeSpan patience)
    {
        _stopping.Set();
        _stop.CancelAfter(patience);
    }

    protected override void OnStopped()
    {
        _client.Dispose();
        _stop.Dispose();
    }

    /// <summary>Half of the pause by chance, so that proxies do not come back together.</summary>
    private void Pause()
    {
        _stopping.Wait(_pause * (0.5 + (0.5 * Random.Shared.NextDouble())));
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    private void Succeeded()
    {
        Interlocked.Increment(ref _exports);
        _pause = FirstPause;
        if (!_isTroubled)
            return;
        _isTroubled = false;
        Report($"{Name}: takes what it is sent again");
    }

    private void Trouble(string error)
    {
        if (_isTroubled)
            return;
        _isTroubled = true;
        Report($"{Name}: {error}; what cannot be exported is lost, and counted in sluice_trace_spans_dropped_total and sluice_access_log_lines_dropped_total");
    }
}
