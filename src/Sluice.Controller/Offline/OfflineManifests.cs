using Sluice.Configuration;
using Sluice.Controller.Addresses;
using Sluice.Controller.Files;
using Sluice.Controller.Reports;
using Sluice.Controller.Standalone;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Offline;

/// <summary>Manifests, or the objects of a cluster, that are read and translated once, without serving them: what check, status and explain look at.</summary>
public sealed class OfflineManifests
{
    private OfflineManifests(SourceUpdate update, TranslationResult translation)
    {
        Update = update;
        Translation = translation;
        Gateways = translation.Gateways;
        ListenerSets = translation.ListenerSets;
    }

    public SourceUpdate Update { get; }

    public TranslationResult Translation { get; }

    /// <summary>They are the objects of a cluster: what is not among them does not exist.</summary>
    public bool IsCluster { get; private init; }

    /// <summary>Programmed is what the cluster says; Pending everywhere in manifests, since nothing is served.</summary>
    public IReadOnlyDictionary<NamespacedName, GatewayStatus> Gateways { get; private init; }

    /// <inheritdoc cref="Gateways"/>
    public IReadOnlyDictionary<NamespacedName, ListenerSetStatus> ListenerSets { get; private init; }

    public ResourceSnapshot Snapshot => Update.Snapshot;

    public IReadOnlyList<ProxyConfiguration> Configurations => Translation.Configurations;

    public StatusReport ToReport() => new StatusReportBuilder(Snapshot, Translation, Gateways, ListenerSets).Build(0, DiagnosticReport.Of(Update.Diagnostics));

    /// <exception cref="StandaloneException">A path does not exist.</exception>
    public static OfflineManifests Load(StandaloneOptions options)
    {
        try
        {
            using var source = new FilesSource(options.Paths);
            return Of(source.Read(), options);
        }
        catch (FilesSourceException error)
        {
            throw new StandaloneException(error.Message, error);
        }
    }

    /// <param name="update">What was read.</param>
    /// <param name="options">As for serving.</param>
    /// <param name="now">What certificates are compared with; null for the time it is.</param>
    internal static OfflineManifests Of(SourceUpdate update, StandaloneOptions options, DateTimeOffset? now = null)
    {
        var addresses = GatewayAddresses.PoolOf(options);
        addresses.Prepare(update.Snapshot);
        return Of(update, StandaloneTranslation.Translator(options, addresses), now ?? DateTimeOffset.UtcNow);
    }

    internal static OfflineManifests Of(SourceUpdate update, Translator translator, DateTimeOffset now) => new(update, translator.Translate(update.Snapshot, now));

    /// <summary>The same as the objects of a cluster.</summary>
    /// <param name="observed">What the cluster says.</param>
    internal OfflineManifests InCluster(ObservedProgramming observed) => new(Update, Translation)
    {
        IsCluster = true,
        Gateways = Translation.Gateways.ToDictionary(item => item.Key, item => observed.Complete(item.Key, item.Value)),
        ListenerSets = Translation.ListenerSets.ToDictionary(item => item.Key, item => observed.Complete(item.Key, item.Value)),
    };
}
