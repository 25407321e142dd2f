using Sluice.Controller.DevTls;
using Sluice.Controller.Files;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>What is in force after one update of the source was translated and published. Immutable.</summary>
internal sealed record ControllerState
{
    public static ControllerState Empty { get; } = new()
    {
        Update = new SourceUpdate { Snapshot = ResourceSnapshot.Empty, Diagnostics = [], FailedFiles = [], Kept = [], FileCount = 0 },
        Translation = new TranslationResult
        {
            Configurations = [],
            GatewayClasses = new Dictionary<NamespacedName, GatewayClassStatus>(),
            Gateways = new Dictionary<NamespacedName, GatewayStatus>(),
            ListenerSets = new Dictionary<NamespacedName, ListenerSetStatus>(),
            ListenerSetsOf = new Dictionary<NamespacedName, IReadOnlyList<NamespacedName>>(),
            HttpRoutes = new Dictionary<NamespacedName, RouteStatus>(),
            GrpcRoutes = new Dictionary<NamespacedName, RouteStatus>(),
            TlsRoutes = new Dictionary<NamespacedName, RouteStatus>(),
            TcpRoutes = new Dictionary<NamespacedName, RouteStatus>(),
            UdpRoutes = new Dictionary<NamespacedName, RouteStatus>(),
            BackendTlsPolicies = new Dictionary<NamespacedName, PolicyStatus>(),
            Notices = [],
        },
        Gateways = new Dictionary<NamespacedName, GatewayStatus>(),
        ListenerSets = new Dictionary<NamespacedName, ListenerSetStatus>(),
    };

    /// <summary>Counts updates put in force; 0 before the first.</summary>
    public long Generation { get; init; }

    public required SourceUpdate Update { get; init; }

    public required TranslationResult Translation { get; init; }

    /// <summary>What the data plane cannot serve as written.</summary>
    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    /// <summary>With the data plane's answer: see <see cref="GatewayProgramming"/>.</summary>
    public required IReadOnlyDictionary<NamespacedName, GatewayStatus> Gateways { get; init; }

    /// <summary>Those that stand in for missing Secrets (<c>--dev-tls</c>).</summary>
    public IReadOnlyList<DevCertificate> DevCertificates { get; init; } = [];

    /// <inheritdoc cref="Gateways"/>
    public required IReadOnlyDictionary<NamespacedName, ListenerSetStatus> ListenerSets { get; init; }

    public ResourceSnapshot Snapshot => Update.Snapshot;

    public StatusReport ToReport() => new StatusReportBuilder(Snapshot, Translation, Gateways, ListenerSets).Build(Generation, DiagnosticReport.Of(Update.Diagnostics));
}
