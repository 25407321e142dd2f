using System.Diagnostics;
using Sluice.Controller.Addresses;
using Sluice.Controller.DevTls;
using Sluice.Controller.Files;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>From one update of the source to configurations in force and statuses: addresses, translation, publishing, completion.</summary>
internal sealed class UpdatePipeline
{
    private readonly StandaloneOptions _options;
    private readonly DevCertificates? _devCertificates; // null where missing Secrets stay missing
    private readonly GatewayAddressPool _addresses;
    private readonly Translator _translator;
    private readonly Publisher _publisher;
    private readonly StatusCompleter _statuses = new();
    private readonly ControllerMetrics _metrics;
    private readonly TimeProvider _clock;
    private volatile ControllerState _state = ControllerState.Empty;

    public UpdatePipeline(StandaloneOptions options, IDataPlane dataPlane, ControllerMetrics metrics, DevCertificates? devCertificates = null, TimeProvider? clock = null)
    {
        _options = options;
        _devCertificates = devCertificates;
        _addresses = GatewayAddresses.PoolOf(options);
        _translator = StandaloneTranslation.Translator(options, _addresses);
        _publisher = new Publisher(dataPlane, metrics);
        _metrics = metrics;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The latest; may be read from any thread.</summary>
    public ControllerState State => _state;

    public async Task<ControllerState> PutInForceAsync(SourceUpdate update)
    {
        var start = Stopwatch.GetTimestamp();
        _addresses.Prepare(update.Snapshot);
        update = Complete(update);
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
            DevCertificates = _devCertificates?.InUse ?? [],
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

    private SourceUpdate Complete(SourceUpdate update)
    {
        if (_devCertificates is null)
            return update;
        var wanted = new WantedCertificates(update.Snapshot, IsServed, gateway => _addresses.Assign(gateway).Bind, _options.PortOffset);
        return update with { Snapshot = _devCertificates.Complete(update.Snapshot, wanted.Find()) };

        bool IsServed(Gateway gateway) => StandaloneTranslation.IsServed(gateway, update.Snapshot, _options);
    }

    private static IEnumerable<Notice> Warnings(PublishedGateway gateway) =>
        gateway.Outcome.Warnings.Select(warning => new Notice($"Gateway {gateway.Configuration.Gateway}", null, warning, IsWarning: true));
}
