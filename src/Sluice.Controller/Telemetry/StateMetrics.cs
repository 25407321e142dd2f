using Sluice.Controller.Publishing;
using Sluice.Resources.Reading;
using Sluice.Translation;

namespace Sluice.Controller.Telemetry;

/// <summary>Sizes and errors of what is in force.</summary>
internal static class StateMetrics
{
    public static void Write(PrometheusWriter writer, ControllerState state, bool isReady)
    {
        writer.Gauge("sluice_ready", "1 while the full configuration is served.", isReady ? 1 : 0);
        writer.Gauge("sluice_snapshot_generation", "Number of the snapshot of the manifests that is in force.", state.Generation);
        writer.Declare("sluice_objects", "gauge", "Objects in force, by kind.");
        writer.Sample("sluice_objects", state.Snapshot.GatewayClasses.Count, ("kind", "GatewayClass"));
        writer.Sample("sluice_objects", state.Snapshot.Gateways.Count, ("kind", "Gateway"));
        writer.Sample("sluice_objects", state.Snapshot.ListenerSets.Count, ("kind", "ListenerSet"));
        writer.Sample("sluice_objects", state.Snapshot.HttpRoutes.Count, ("kind", "HTTPRoute"));
        writer.Sample("sluice_objects", state.Snapshot.GrpcRoutes.Count, ("kind", "GRPCRoute"));
        writer.Sample("sluice_objects", state.Snapshot.TlsRoutes.Count, ("kind", "TLSRoute"));
        writer.Sample("sluice_objects", state.Snapshot.TcpRoutes.Count, ("kind", "TCPRoute"));
        writer.Sample("sluice_objects", state.Snapshot.UdpRoutes.Count, ("kind", "UDPRoute"));
        writer.Sample("sluice_objects", state.Snapshot.BackendTlsPolicies.Count, ("kind", "BackendTLSPolicy"));
        writer.Sample("sluice_objects", state.Snapshot.Services.Count, ("kind", "Service"));
        Write(writer, state.Translation.Certificates);
        writer.Gauge("sluice_manifest_files", "Manifest files found.", state.Update.FileCount);
        writer.Gauge("sluice_manifest_errors", "Errors in the manifests as they are now.", state.Update.Diagnostics.Count(finding => finding.Severity == ManifestSeverity.Error));
        writer.Gauge("sluice_manifest_objects_kept", "Objects whose last good version is in force since the file is invalid now.", state.Update.Kept.Count);
    }

    private static void Write(PrometheusWriter writer, IReadOnlyCollection<CertificateValidity> certificates)
    {
        writer.Declare("sluice_certificate_not_before_timestamp_seconds", "gauge", "When a certificate begins to be valid, by its Secret.");
        foreach (var certificate in certificates)
            writer.Sample("sluice_certificate_not_before_timestamp_seconds", certificate.NotBefore.ToUnixTimeSeconds(), ("secret", certificate.Name));
        writer.Declare("sluice_certificate_not_after_timestamp_seconds", "gauge", "When a certificate ends to be valid, by its Secret.");
        foreach (var certificate in certificates)
            writer.Sample("sluice_certificate_not_after_timestamp_seconds", certificate.NotAfter.ToUnixTimeSeconds(), ("secret", certificate.Name));
    }
}
