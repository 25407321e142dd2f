namespace Sluice.Controller.Reports;

/// <summary>The statuses of all objects that Sluice serves or claims: what <c>/status</c> answers and <c>sluice status</c> shows.</summary>
public sealed record StatusReport
{
    /// <summary>Counts the snapshots that were put in force; 0 for manifests that are only read.</summary>
    public long Generation { get; init; }

    public required IReadOnlyList<GatewayClassReport> GatewayClasses { get; init; }

    public required IReadOnlyList<GatewayReport> Gateways { get; init; }

    public required IReadOnlyList<ListenerSetReport> ListenerSets { get; init; }

    public required IReadOnlyList<RouteReport> Routes { get; init; }

    /// <summary>One Service per Gateway that is accepted.</summary>
    public IReadOnlyList<InfrastructureReport> Infrastructure { get; init; } = [];

    public IReadOnlyList<PolicyReport> Policies { get; init; } = [];

    public required IReadOnlyList<NoticeReport> Notices { get; init; }

    /// <summary>Findings about the manifests as they are now; an invalid object's last good version stays in force.</summary>
    public IReadOnlyList<DiagnosticReport> Diagnostics { get; init; } = [];
}
