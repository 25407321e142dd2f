using Sluice.Configuration;
using Sluice.Controller.Addresses;
using Sluice.Controller.Files;
using Sluice.Controller.Reports;
using Sluice.Controller.Standalone;
using Sluice.Resources;
using Sluice.Translation;

namespace Sluice.Controller.Offline;

/// <summary>Manifests, or the objects of a cluster, that are read and translated once, without serving them: what check, status and explain look at.</summary>
public sealed class OfflineManifests
{
    private OfflineManifests(SourceUpdate update, TranslationResult translation)
    {
        Update = update;
        Translation = translation;
    }

    public SourceUpdate Update { get; }

    public TranslationResult Translation { get; }

    public ResourceSnapshot Snapshot => Update.Snapshot;

    public IReadOnlyList<ProxyConfiguration> Configurations => Translation.Configurations;

    /// <summary>Programmed is Pending everywhere, since nothing is served.</summary>
    public StatusReport ToReport() => new StatusReportBuilder(Snapshot, Translation, Translation.Gateways, Translation.ListenerSets).Build(0, DiagnosticReport.Of(Update.Diagnostics));

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
}
