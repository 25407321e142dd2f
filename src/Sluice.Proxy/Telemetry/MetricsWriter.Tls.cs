using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Telemetry;

/// <content>TLS with clients.</content>
internal sealed partial class MetricsWriter
{
    private void WriteTls()
    {
        Header("sluice_tls_handshakes_total", "counter", "TLS handshakes with clients, by version and whether a session was resumed.");
        for (var i = 0; i < 2 * WorkerMetrics.TlsVersions.Length; i++)
        {
            long sum = 0;
            foreach (var worker in workers)
                sum += worker.Handshakes[i];
            Sample($"sluice_tls_handshakes_total{{version=\"{WorkerMetrics.TlsVersions[i / 2]}\",resumed=\"{(i % 2 == 0 ? "false" : "true")}\"}}", sum);
        }

        Header("sluice_tls_handshake_failures_total", "counter", "Connections of clients to ports for TLS that came to nothing, by reason.");
        foreach (var failure in Enum.GetValues<TlsFailure>())
        {
            if (failure is TlsFailure.None or TlsFailure.Flood)
                continue;
            long sum = 0;
            foreach (var worker in workers)
                sum += worker.HandshakeFailures[(int)failure];
            Sample($"sluice_tls_handshake_failures_total{{reason=\"{TlsFailures.Name(failure)}\"}}", sum);
        }

        Counter("sluice_tls_message_floods_total", "Connections closed because the peer sent too many messages of TLS itself after the handshake.", workers.Sum(worker => worker.TlsFloods));
        Counter("sluice_tls_expired_certificates_served_total", "Handshakes in which clients got a certificate that has expired or is not valid yet.", workers.Sum(worker => worker.ExpiredCertificates));
    }
}
