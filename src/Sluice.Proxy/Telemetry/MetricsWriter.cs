using System.Globalization;
using Sluice.Configuration;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// Prometheus text (exposition format 0.0.4) of the data plane. Series come from configuration (listeners, rules) and from fixed lists
/// of reasons, never from traffic; those of gRPC, of ends without a backend's response, and of rules appear with the first that there is.
/// </summary>
internal sealed partial class MetricsWriter(TextWriter writer, IReadOnlyList<WorkerMetrics> workers)
{
    /// <param name="listeners">Those with series of their own, and their others.</param>
    /// <param name="countsRequests">Whether requests are counted at all.</param>
    public void Write(IReadOnlyList<ListenerMetrics> listeners, bool countsRequests)
    {
        var counted = Sum(listeners);
        if (countsRequests)
            WriteRequests(counted);
        WriteGrpc(counted);
        WriteStreams(counted);
        WriteDatagrams(counted);
        WriteProxyHeaders();
        Counter("sluice_downstream_connections_total", "Client connections accepted.", workers.Sum(worker => worker.DownstreamAccepted));
        Header("sluice_downstream_connections_active", "gauge", "Client connections open now.");
        Sample("sluice_downstream_connections_active", workers.Sum(worker => worker.DownstreamAccepted - worker.DownstreamClosed));
        Counter("sluice_downstream_http2_connections_total", "Client connections that spoke HTTP/2.", workers.Sum(worker => worker.Http2Connections));
        Header("sluice_downstream_requests_total", "counter", "Requests that were understood, by protocol.");
        Sample("sluice_downstream_requests_total{protocol=\"HTTP/1\"}", workers.Sum(worker => worker.Http1Requests));
        Sample("sluice_downstream_requests_total{protocol=\"HTTP/2\"}", workers.Sum(worker => worker.Http2Requests));
        Counter("sluice_http2_client_resets_total", "Streams that clients reset.", workers.Sum(worker => worker.Http2ClientResets));
        WriteByName("sluice_http2_stream_resets_total", "Streams that were reset by the proxy because of the peer, by reason.", worker => worker.StreamFaults, Enum.GetValues<Http2Fault>(), Http2Faults.Name);
        WriteByName("sluice_http2_connection_errors_total", "HTTP/2 connections that were ended because of the peer, by reason.", worker => worker.ConnectionFaults, Enum.GetValues<Http2Fault>(), Http2Faults.Name);
        Counter("sluice_downstream_connections_over_limit_total", "Client connections closed at once because the limit was reached.", workers.Sum(worker => worker.ConnectionsOverLimit));
        Counter("sluice_downstream_descriptors_exhausted_total", "Times accepting paused because the process had no descriptor left.", workers.Sum(worker => worker.DescriptorsExhausted));
        Counter("sluice_downstream_aborts_total", "Exchanges that the client left before their end.", workers.Sum(worker => worker.ClientAborts));
        Counter("sluice_upstream_connects_total", "Connections begun to backends.", workers.Sum(worker => worker.UpstreamConnects));
        Header("sluice_upstream_connections_active", "gauge", "Connections to backends open now, unused ones and those being opened included.");
        Sample("sluice_upstream_connections_active", Math.Max(0, workers.Sum(worker => worker.UpstreamConnects) - workers.Sum(worker => worker.UpstreamClosed)));
        Counter("sluice_upstream_replays_total", "Requests sent again because the backend had closed a kept connection.", workers.Sum(worker => worker.UpstreamReplays));
        WriteByName("sluice_upstream_retries_total", "Attempts after the first, by what the attempt before failed with.", worker => worker.Retries, Enum.GetValues<RetryReason>(), ExchangeReasons.Name);
        WriteByName("sluice_upstream_retries_refused_total", "Requests not sent again although their rule had attempts left, by reason.", worker => worker.RetriesRefused, Enum.GetValues<RetryRefusal>(), ExchangeReasons.Name);
        Counter("sluice_mirrors_total", "Copies of requests that were begun.", workers.Sum(worker => worker.Mirrors));
        WriteByName("sluice_mirrors_dropped_total", "Copies of requests that did not reach their end, by reason.", worker => worker.MirrorDrops, Enum.GetValues<MirrorDrop>(), ExchangeReasons.Name);
        WriteReasons("sluice_http_refused_total", "Requests refused before routing, by reason.", worker => worker.Refused);
        WriteReasons("sluice_upstream_bad_responses_total", "Responses of backends that were refused, by reason.", worker => worker.BadResponses);
        WriteByName("sluice_upstream_failures_total", "Attempts that a backend failed, by reason.", worker => worker.Failures, Enum.GetValues<UpstreamFailure>(), UpstreamFailures.Name);
        WriteFilters();
        WriteTls();
        Header("sluice_explanations_total", "counter", "Requests that asked for an explanation, by whether their token was right.");
        Sample("sluice_explanations_total{result=\"given\"}", workers.Sum(worker => worker.ExplanationsGiven));
        Sample("sluice_explanations_total{result=\"refused\"}", workers.Sum(worker => worker.ExplanationsRefused));
        WriteLimits(counted);
        Counter("sluice_worker_faults_total", "Defects caught on a worker; each cost one connection.", workers.Sum(worker => worker.Faults));
    }

    private delegate ReadOnlySpan<long> Select(WorkerMetrics worker);

    private void WriteReasons(string name, string help, Select select)
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

    private void WriteByName<T>(string name, string help, Select select, T[] reasons, Func<T, string> label)
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

    /// <summary>What the listeners have counted; that of requests for a host of none stands for a listener without a name, once there are any.</summary>
    private List<CountedListener> Sum(IReadOnlyList<ListenerMetrics> listeners)
    {
        var counted = new List<CountedListener>(listeners.Count + 1);
        foreach (var listener in listeners)
            counted.Add(new CountedListener(listener.Gateway, listener.Listener, listener.Protocol, listener.Sum()));
        var unmatched = new ListenerCounters();
        foreach (var worker in workers)
            unmatched.Add(worker.Unmatched);
        if (unmatched.Requests.Begun > 0)
            counted.Add(new CountedListener("", "", ListenerProtocol.Http, unmatched));
        return counted;
    }

    private void Header(string name, string type, string help) =>
        writer.Write($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Sample(string series, long value) =>
        writer.Write($"{series} {value.ToString(CultureInfo.InvariantCulture)}\n");

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
