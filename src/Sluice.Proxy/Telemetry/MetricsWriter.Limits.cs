using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Telemetry;

/// <content>Limits that were hit, all under one name: they are counted where they are enforced, and looked up here.</content>
internal sealed partial class MetricsWriter
{
    private void WriteLimits(List<CountedListener> listeners)
    {
        Header("sluice_limits_hit_total", "counter", "Times a limit of the data plane was hit, by limit.");
        Limit("connections", worker => worker.ConnectionsOverLimit);
        Limit("descriptors", worker => worker.DescriptorsExhausted);
        Limit("request_line_bytes", worker => worker.Refused[(int)HttpError.RequestLineTooLong]);
        Limit("head_bytes", worker => worker.Refused[(int)HttpError.HeadTooLong] + worker.BadResponses[(int)HttpError.HeadTooLong]);
        Limit("field_count", worker => worker.Refused[(int)HttpError.TooManyFields] + worker.BadResponses[(int)HttpError.TooManyFields]);
        Limit("head_timeout", worker => worker.Refused[(int)HttpError.HeadTimeout]);
        Limit("body_rate", worker => worker.Refused[(int)HttpError.BodyTimeout]);
        Limit("response_timeout", worker => worker.Failures[(int)UpstreamFailure.ResponseTimeout]);
        Limit("replay_bytes", worker => worker.RetriesRefused[(int)RetryRefusal.NotKept]);
        Limit("concurrent_retries", worker => worker.RetriesRefused[(int)RetryRefusal.Budget]);
        Limit("mirrors", worker => worker.MirrorDrops[(int)MirrorDrop.TooMany]);
        Limit("mirror_bytes", worker => worker.MirrorDrops[(int)MirrorDrop.TooSlow]);
        Limit("mirror_response_bytes", worker => worker.MirrorDrops[(int)MirrorDrop.Response]);
        Limit("tls_handshake_timeout", worker => worker.HandshakeFailures[(int)TlsFailure.Timeout]);
        Limit("client_hello_bytes", worker => worker.HandshakeFailures[(int)TlsFailure.ClientHelloTooLarge]);
        Limit("tls_messages", worker => worker.TlsFloods);
        Limit("http2_streams", worker => Faults(worker, Http2Fault.TooManyStreams));
        Limit("http2_client_resets", worker => Faults(worker, Http2Fault.RapidReset));
        Limit("http2_provoked_resets", worker => Faults(worker, Http2Fault.ProvokedResets));
        Limit("http2_settings_frames", worker => Faults(worker, Http2Fault.SettingsFlood));
        Limit("http2_control_frames", worker =>
            Faults(worker, Http2Fault.PingFlood) + Faults(worker, Http2Fault.PriorityFlood) + Faults(worker, Http2Fault.WindowUpdateFlood) +
            Faults(worker, Http2Fault.EmptyFrameFlood) + Faults(worker, Http2Fault.StrayFrameFlood));
        Sample("sluice_limits_hit_total{limit=\"udp_sessions\"}", listeners.Sum(listener => listener.Counters.DatagramsOrNull?.SessionsEvicted ?? 0));
    }

    private void Limit(string name, Func<WorkerMetrics, long> value) =>
        Sample($"sluice_limits_hit_total{{limit=\"{name}\"}}", workers.Sum(value));

    private static long Faults(WorkerMetrics worker, Http2Fault fault) => worker.ConnectionFaults[(int)fault] + worker.StreamFaults[(int)fault];
}
