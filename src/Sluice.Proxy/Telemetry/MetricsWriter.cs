using System.Diagnostics;
using System.Globalization;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// Prometheus text (exposition format 0.0.4) of the data plane. Series come from configuration (listeners) and from fixed lists
/// of reasons, never from traffic; those of gRPC appear with the first response that a listener gives to a gRPC request.
/// </summary>
internal sealed partial class MetricsWriter(TextWriter writer)
{
    public void Write(IReadOnlyList<ListenerMetrics> listeners, IReadOnlyList<WorkerMetrics> workers)
    {
        WriteRequests(listeners);
        WriteStreams(listeners);
        WriteDatagrams(listeners);
        WriteProxyHeaders(workers);
        Counter("sluice_downstream_connections_total", "Client connections accepted.", workers.Sum(worker => worker.DownstreamAccepted));
        Header("sluice_downstream_connections_active", "gauge", "Client connections open now.");
        Sample("sluice_downstream_connections_active", workers.Sum(worker => worker.DownstreamAccepted - worker.DownstreamClosed));
        Counter("sluice_downstream_http2_connections_total", "Client connections that spoke HTTP/2.", workers.Sum(worker => worker.Http2Connections));
        Header("sluice_downstream_requests_total", "counter", "Requests that were understood, by protocol.");
        Sample("sluice_downstream_requests_total{protocol=\"HTTP/1\"}", workers.Sum(worker => worker.Http1Requests));
        Sample("sluice_downstream_requests_total{protocol=\"HTTP/2\"}", workers.Sum(worker => worker.Http2Requests));
        Counter("sluice_http2_client_resets_total", "Streams that clients reset.", workers.Sum(worker => worker.Http2ClientResets));
        WriteByName("sluice_http2_stream_resets_total", "Streams that were reset by the proxy because of the peer, by reason.", workers, worker => worker.StreamFaults, Enum.GetValues<Http2Fault>(), Http2Faults.Name);
        WriteByName("sluice_http2_connection_errors_total", "HTTP/2 connections that were ended because of the peer, by reason.", workers, worker => worker.ConnectionFaults, Enum.GetValues<Http2Fault>(), Http2Faults.Name);
        Counter("sluice_downstream_connections_over_limit_total", "Client connections closed at once because the limit was reached.", workers.Sum(worker => worker.ConnectionsOverLimit));
        Counter("sluice_downstream_descriptors_exhausted_total", "Times accepting paused because the process had no descriptor left.", workers.Sum(worker => worker.DescriptorsExhausted));
        Counter("sluice_downstream_aborts_total", "Exchanges that the client left before their end.", workers.Sum(worker => worker.ClientAborts));
        Counter("sluice_upstream_connects_total", "Connections begun to backends.", workers.Sum(worker => worker.UpstreamConnects));
        Counter("sluice_upstream_replays_total", "Requests sent again because the backend had closed a kept connection.", workers.Sum(worker => worker.UpstreamReplays));
        WriteByName("sluice_upstream_retries_total", "Attempts after the first, by what the attempt before failed with.", workers, worker => worker.Retries, Enum.GetValues<RetryReason>(), ExchangeReasons.Name);
        WriteByName("sluice_upstream_retries_refused_total", "Requests not sent again although their rule had attempts left, by reason.", workers, worker => worker.RetriesRefused, Enum.GetValues<RetryRefusal>(), ExchangeReasons.Name);
        Counter("sluice_mirrors_total", "Copies of requests that were begun.", workers.Sum(worker => worker.Mirrors));
        WriteByName("sluice_mirrors_dropped_total", "Copies of requests that did not reach their end, by reason.", workers, worker => worker.MirrorDrops, Enum.GetValues<MirrorDrop>(), ExchangeReasons.Name);
        WriteReasons("sluice_http_refused_total", "Requests refused before routing, by reason.", workers, worker => worker.Refused);
        WriteReasons("sluice_upstream_bad_responses_total", "Responses of backends that were refused, by reason.", workers, worker => worker.BadResponses);
        WriteByName("sluice_upstream_failures_total", "Attempts that a backend failed, by reason.", workers, worker => worker.Failures, Enum.GetValues<UpstreamFailure>(), UpstreamFailures.Name);
        WriteTls(workers);
        Counter("sluice_worker_faults_total", "Defects caught on a worker; each cost one connection.", workers.Sum(worker => worker.Faults));
    }

    private void WriteRequests(IReadOnlyList<ListenerMetrics> listeners)
    {
        var sums = listeners.Select(listener => (Labels: LabelsOf(listener), Counters: listener.Sum())).ToArray();
        Header("sluice_http_requests_total", "counter", "Requests answered, by listener and class of the status code.");
        foreach (var (labels, counters) in sums)
        {
            for (var i = 0; i < counters.Classes.Length; i++)
                Sample($"sluice_http_requests_total{{{labels},code_class=\"{i + 1}xx\"}}", counters.Classes[i]);
        }

        Header("sluice_grpc_responses_total", "counter", "Responses to gRPC and gRPC-Web requests, by listener and grpc-status; \"none\" for those that ended without one.");
        foreach (var (labels, counters) in sums)
        {
            for (var i = 0; i < (counters.GrpcStatuses?.Length ?? 0); i++)
                Sample($"sluice_grpc_responses_total{{{labels},grpc_status=\"{GrpcStatus.Name(i)}\"}}", counters.GrpcStatuses![i]);
        }

        Header("sluice_http_request_duration_seconds", "histogram", "From the end of the request's head to the response's head.");
        foreach (var (labels, counters) in sums)
        {
            long count = 0;
            for (var i = 0; i < ListenerCounters.Bounds.Length; i++)
            {
                count += counters.Buckets[i];
                Sample($"sluice_http_request_duration_seconds_bucket{{{labels},le=\"{ListenerCounters.Bounds[i].ToString(CultureInfo.InvariantCulture)}\"}}", count);
            }

            count += counters.Buckets[^1];
            Sample($"sluice_http_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}}", count);
            var seconds = (double)counters.DurationTicks / Stopwatch.Frequency;
            writer.Write($"sluice_http_request_duration_seconds_sum{{{labels}}} {seconds.ToString(CultureInfo.InvariantCulture)}\n");
            Sample($"sluice_http_request_duration_seconds_count{{{labels}}}", count);
        }
    }

    private delegate ReadOnlySpan<long> Select(WorkerMetrics worker);

    private void WriteReasons(string name, string help, IReadOnlyList<WorkerMetrics> workers, Select select)
    {
        Header(name, "counter", help);
        foreach (var error in Enum.GetValues<HttpError>())
        {
            if (error == HttpError.None)
                continue;
            long sum = 0;
            foreach (var worker in workers)
                sum += select(worker)[(int)error];
            Sample($"{name}{{reason=\"{HttpErrors.Name(error)}\"}}", sum);
        }
    }

    private void WriteByName<T>(string name, string help, IReadOnlyList<WorkerMetrics> workers, Select select, T[] reasons, Func<T, string> label)
    {
        Header(name, "counter", help);
        for (var i = 0; i < reasons.Length; i++)
        {
            long sum = 0;
            foreach (var worker in workers)
                sum += select(worker)[i];
            Sample($"{name}{{reason=\"{label(reasons[i])}\"}}", sum);
        }
    }

    private void Counter(string name, string help, long value)
    {
        Header(name, "counter", help);
        Sample(name, value);
    }

    private void Header(string name, string type, string help) =>
        writer.Write($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Sample(string series, long value) =>
        writer.Write($"{series} {value.ToString(CultureInfo.InvariantCulture)}\n");
}
