using System.Diagnostics;
using Sluice.Controller.Addresses;
using Sluice.Controller.DevTls;
using Sluice.Controller.Files;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>From one update of the source to configurations in force and statuses: addresses, translation, publishing, completion.</summary>
internal sealed class UpdatePipeline
{
    private readonly IPreparedAddresses _addresses;
    private readonly Translator _translator;
    private readonly DevTlsCompletion? _devTls; // null where missing Secrets stay missing
    private readonly Publisher _publisher;
    private readonly StatusCompleter _statuses = new();
    private readonly ControllerMetrics _metrics;
    private readonly TimeProvider _clock;
    private volatile ControllerState _state = ControllerState.Empty;

    /// <param name="addresses">Also known to the translator.</param>
    /// <param name="translator">For this pipeline alone.</param>
    /// <param name="dataPlane">Where configurations go.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="clock">What certificates are compared with.</param>
    /// <param name="devTls">Stands in for missing Secrets; null leaves them missing.</param>
    public UpdatePipeline(IPreparedAddresses addresses, Translator translator, IDataPlane dataPlane, ControllerMetrics metrics, TimeProvider clock, DevTlsCompletion? devTls = null)
    {
        _addresses = addresses;
        _translator = translator;
        _devTls = devTls;
        _publisher = new Publisher(dataPlane, metrics);
        _metrics = metrics;
        _clock = clock;
    }

    /// <summary>For manifests without a cluster.</summary>
    public static UpdatePipeline Standalone(StandaloneOptions options, IDataPlane dataPlane, ControllerMetrics metrics, DevCertificates? devCertificates = null, TimeProvider? clock = null)
    {
        var addresses = GatewayAddresses.PoolOf(options);
        return new UpdatePipeline(
            addresses,
            StandaloneTranslation.Translator(options, addresses),
            dataPlane,
            metrics,
            clock ?? TimeProvider.System,
            devCertificates is null ? null : new DevTlsCompletion(devCertificates, options, addresses));
    }

    /// <summary>The latest; may be read from any thread.</summary>
    public ControllerState State => _state;

    /// <summary>Whether the data plane has taken everything it was given last.</summary>
    public bool IsComplete => _publisher.IsComplete;

    public async Task<ControllerState> PutInForceAsync(SourceUpdate update)
    {
        var start = Stopwatch.GetTimestamp();
        _addresses.Prepare(update.Snapshot);
        if (_devTls is not null)
            update = _devTls.Complete(update);
        var translation = _translator.Translate(update.Snapshot, _clock.GetUtcNow());
        _metrics.Translated(Stopwatch.GetElapsedTime(start));

        start = Stopwatch.GetTimestamp();
        await _publisher.PublishAsync(translation.Configurations);
        _metrics.Published(Stopwatch.GetElapsedTime(start));
        var (gateways, listenerSets) = _statuses.Complete(translation, _publisher.Published);
        return _state = new ControllerState
        {
            Generation = _state.Generation + 1,
            Update = update,
            Translation = translation,
            Warnings = [.. _publisher.Published.Values.SelectMany(Warnings)],
            Gateways = gateways,
            ListenerSets = listenerSets,
            DevCertificates = _devTls?.InUse ?? [],
        };
    }

    /// <summary>
    /// As <see cref="PutInForceAsync"/>, but a defect of ours costs the update and not the traffic: what was in force before stays.
    /// </summary>
    /// <param name="update">The latest.</param>
    /// <param name="onDefect">Gets what was thrown.</param>
    /// <returns>Null after a defect.</returns>
    public async Task<ControllerState?> TryPutInForceAsync(SourceUpdate update, Action<Exception> onDefect)
    {
        try
        {
            return await PutInForceAsync(update);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            onDefect(defect);
            return null;
        }
    }

    private static IEnumerable<Notice> Warnings(PublishedGateway gateway) =>
        gateway.Outcome.Warnings.Select(warning => new Notice($"Gateway {gateway.Configuration.Gateway}", null, warning, IsWarning: true));
}
