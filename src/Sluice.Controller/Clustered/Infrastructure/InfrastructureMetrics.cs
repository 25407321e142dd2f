using Sluice.Controller.Telemetry;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>What is written to the cluster for Gateways.</summary>
internal static class InfrastructureMetrics
{
    public static void Write(PrometheusWriter metrics, InfrastructureWriter writer)
    {
        metrics.Counter("sluice_infrastructure_applied_total", "Objects applied for Gateways.", writer.Applied);
        metrics.Counter("sluice_infrastructure_deleted_total", "Objects of Gateways deleted.", writer.Deleted);
        metrics.Counter("sluice_infrastructure_errors_total", "Requests for objects of Gateways that failed.", writer.Errors);
    }
}
