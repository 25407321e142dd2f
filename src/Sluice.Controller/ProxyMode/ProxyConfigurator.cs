using System.Threading.Channels;
using Sluice.Configuration;
using Sluice.Configuration.Streaming;
using Sluice.Proxy;

namespace Sluice.Controller.ProxyMode;

/// <summary>
/// Puts what comes over the configuration stream in force and answers. When updates come faster than they can be applied, only the
/// latest counts.
/// </summary>
/// <param name="server">The data plane.</param>
/// <param name="options">Gateway and addresses.</param>
/// <param name="journal">Holds what a run before had in force; null: nothing is kept.</param>
/// <param name="keeper">Gets what was applied.</param>
/// <param name="reporter">Tells people.</param>
internal sealed class ProxyConfigurator(
    ProxyServer server, ProxyModeOptions options, ConfigurationJournal? journal, ConfigurationKeeper keeper, ProxyModeReporter reporter) : IStreamReceiver
{
    /// <summary>What could not be put in force whole, such as a port that another process still has, is tried again.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<string> _addresses = BindAddresses.Of(options.Addresses);
    private readonly Channel<Received> _received = Channel.CreateBounded<Received>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private volatile ConfigurationTables? _inForce;
    private UpdateReader _reader = new();
    private string? _defect;
    private long _applied;
    private long _rejected;

    /// <summary>What is served; null before the first.</summary>
    public ConfigurationTables? InForce => _inForce;

    /// <summary>Everything that was configured is there to be served: what the controller sent, or what was kept of it with all keys.</summary>
    public bool IsConfigured { get; private set; }

    /// <summary>Updates that were applied, and refused.</summary>
    public (long Applied, long Rejected) Counts => (Interlocked.Read(ref _applied), Interlocked.Read(ref _rejected));

    /// <summary>When the last update was applied; null before.</summary>
    public DateTimeOffset? AppliedAt { get; private set; }

    public Hello Greet()
    {
        var inForce = _inForce;
        _reader = new UpdateReader(inForce);
        return new Hello(Hello.Current, options.Name, inForce is null ? null : ConfigurationDigest.Of(inForce));
    }

    public void Receive(Frame frame, ControllerSession session)
    {
        if (!_reader.Read(frame.Type, frame.Payload))
            return;
        if (_reader.Current.Configuration.Gateway != options.Gateway)
            throw new StreamFormatException($"it is the configuration of Gateway {_reader.Current.Configuration.Gateway}, not of {options.Gateway}");
        _received.Writer.TryWrite(new Received(_reader.Current, _reader.Version, session));
    }

    /// <summary>Serves what was kept by a run before, if there is anything.</summary>
    public async Task RestoreAsync()
    {
        if (journal?.Load(options.Gateway) is not { } kept)
            return;
        var withoutKey = kept.CertificatesWithoutKey.ToArray();
        reporter.Restored(journal.File, withoutKey);
        var answer = await ApplyAsync(kept, version: 0);
        reporter.Answered(answer, isFirst: false);
        IsConfigured = answer.Applied && withoutKey.Length == 0;
    }

    /// <summary>Applies what comes until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Received? last = null;
        var isWhole = true;
        try
        {
            while (true)
            {
                if (await NextAsync(isWhole ? Timeout.InfiniteTimeSpan : RetryAfter, stop) is { } next)
                    last = next;
                var answer = await ApplyAsync(last!.Tables, last.Version);
                reporter.Answered(answer, isFirst: !IsConfigured);
                isWhole = answer is { Applied: true, Errors.Count: 0 };

                if (answer.Applied)
                {
                    IsConfigured = true;
                    AppliedAt = DateTimeOffset.UtcNow;
                    keeper.Keep(last.Tables);
                }

                await last.Session.SendAsync(StreamMessages.Write(answer), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is in force stays so.
        }
    }

    private async Task<Answer> ApplyAsync(ConfigurationTables tables, long version)
    {
        ApplyResult result;
        try
        {
            result = await server.ApplyAsync(tables.Configuration with { Addresses = _addresses });
        }
        catch (Exception defect) when (defect is not ObjectDisposedException)
        {
            // Costs this change, and not those after it.
            if (_defect != defect.Message)
                reporter.Fault(defect);
            _defect = defect.Message;
            Interlocked.Increment(ref _rejected);
            return new Answer(version, false, [new AnswerError(null, $"a defect of the proxy: {defect.Message}", ApplyErrorReason.Invalid)], []);
        }

        Interlocked.Increment(ref result.Applied ? ref _applied : ref _rejected);
        if (result.Applied)
            _inForce = tables;
        return new Answer(version, result.Applied, [.. result.Errors.Select(error => new AnswerError(error.Listener, error.Message, error.Reason))], result.Warnings);
    }

    /// <summary>The next update; null when there was none for a while.</summary>
    private async Task<Received?> NextAsync(TimeSpan wait, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(wait);
        try
        {
            return await _received.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <param name="Tables">The whole configuration.</param>
    /// <param name="Version">On this stream.</param>
    /// <param name="Session">To answer on.</param>
    private sealed record Received(ConfigurationTables Tables, long Version, ControllerSession Session);
}
