using System.Globalization;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Telemetry;

/// <content>Requests: by listener, by rule, and under Envoy's names.</content>
internal sealed partial class MetricsWriter
{
    /// <summary>Envoy names the part of it that serves requests; ours is one.</summary>
    private const string EnvoyPrefix = "envoy_http_conn_manager_prefix=\"http\"";

    /// <summary>Rules of routes, each with its listener.</summary>
    public void WriteRules(IReadOnlyList<RuleMetrics> rules) => WriteRequests("sluice_route", " of rules of routes", "rule",
    [
        .. rules.Select(rule => (
            $"gateway=\"{Escape(rule.Gateway)}\",listener=\"{Escape(rule.Key.Listener)}\",route=\"{Escape(rule.Key.Route)}\",rule=\"{Escape(rule.Key.Rule)}\"",
            rule.Sum())),
    ]);

    /// <summary>Backends that routes lead to.</summary>
    public void WriteUpstreams(IEnumerable<RuntimeCluster> clusters)
    {
        var (count, endpoints, empty) = (0, 0, 0);
        foreach (var cluster in clusters)
        {
            count++;
            endpoints += cluster.EndpointCount;
            empty += cluster.EndpointCount == 0 ? 1 : 0;
        }

        Gauge("sluice_upstream_clusters", "Backends (Service, port and protocol) that routes lead to.", count);
        Gauge("sluice_upstream_clusters_without_endpoints", "Backends without an endpoint: requests for them are answered with 503.", empty);
        Gauge("sluice_upstream_endpoints", "Endpoints of all backends.", endpoints);
    }

    private void WriteRequests(List<CountedListener> listeners)
    {
        CountedListener[] counted = [.. listeners.Where(listener => listener.IsHttp)];
        WriteRequests("sluice_http", "", "listener", [.. counted.Select(listener => (LabelsOf(listener), listener.Counters.Requests))]);
        WriteEnvoy(counted);
    }

    private void WriteRequests(string prefix, string what, string by, (string Labels, RequestCounters Counters)[] sums)
    {
        Header($"{prefix}_requests_total", "counter", $"Responses begun{what}, by {by} and class of the status code.");
        foreach (var (labels, counters) in sums)
        {
            for (var i = 0; i < counters.Classes.Length; i++)
                Sample($"{prefix}_requests_total{{{labels},code_class=\"{i + 1}xx\"}}", counters.Classes[i]);
        }

        WriteEach($"{prefix}_requests_active", "gauge", $"Requests{what} that have begun and not ended.", sums, counters => counters.Active);
        WriteDurations($"{prefix}_request_duration_seconds", $"From the end of the request's head to the end of the response{what}, tunnels included.", sums, 0.001);
        Header($"{prefix}_bytes_total", "counter", $"Bytes of bodies and tunnels{what}, received from clients and sent to them.");
        foreach (var (labels, counters) in sums)
        {
            Sample($"{prefix}_bytes_total{{{labels},direction=\"received\"}}", counters.ReceivedBytes);
            Sample($"{prefix}_bytes_total{{{labels},direction=\"sent\"}}", counters.SentBytes);
        }

        WriteEach($"{prefix}_retries_total", "counter", $"Attempts after the first that policies{what} made.", sums, counters => counters.Retries);
        Header($"{prefix}_request_ends_total", "counter", $"Requests{what} that ended with something else than a whole response of a backend, by reason.");
        foreach (var (labels, counters) in sums)
        {
            for (var end = 0; end < (counters.Ends?.Length ?? 0); end++)
            {
                if (counters.Ends![end] > 0)
                    Sample($"{prefix}_request_ends_total{{{labels},reason=\"{ExchangeEnds.Name((ExchangeEnd)end)}\"}}", counters.Ends[end]);
            }
        }
    }

    private void WriteEnvoy(CountedListener[] listeners)
    {
        var gateways = new List<(string Labels, RequestCounters Counters)>();
        foreach (var gateway in listeners.GroupBy(listener => listener.Gateway, StringComparer.Ordinal))
        {
            var sum = new RequestCounters();
            foreach (var listener in gateway)
                sum.Add(listener.Counters.Requests);
            gateways.Add(($"{EnvoyPrefix},gateway=\"{Escape(gateway.Key)}\"", sum));
        }

        (string, RequestCounters)[] sums = [.. gateways];
        WriteEach("envoy_http_downstream_rq_total", "counter", "Requests that have begun, by Gateway.", sums, counters => counters.Begun);
        WriteEach("envoy_http_downstream_rq_active", "gauge", "Requests that have begun and not ended, by Gateway.", sums, counters => counters.Active);
        WriteDurations("envoy_http_downstream_rq_time", "Duration of requests in milliseconds, by Gateway.", sums, 1);

        // Envoy calls it a counter; as one it would have to end in _total.
        Header("envoy_http_downstream_rq_xx", "untyped", "Responses begun, by Gateway and class of the status code.");
        foreach (var (labels, counters) in gateways)
        {
            for (var i = 0; i < counters.Classes.Length; i++)
                Sample($"envoy_http_downstream_rq_xx{{{labels},envoy_response_code_class=\"{i + 1}\",response_code_class=\"{i + 1}\"}}", counters.Classes[i]);
        }
    }

    /// <param name="name">Of the histogram.</param>
    /// <param name="help">What it is.</param>
    /// <param name="sums">By labels.</param>
    /// <param name="unit">How many of the histogram's unit a millisecond is.</param>
    private void WriteDurations(string name, string help, (string Labels, RequestCounters Counters)[] sums, double unit)
    {
        Header(name, "histogram", help);
        foreach (var (labels, counters) in sums)
        {
            long count = 0;
            for (var i = 0; i < RequestCounters.Bounds.Length; i++)
            {
                count += counters.Buckets[i];
                Sample($"{name}_bucket{{{labels},le=\"{Text(RequestCounters.Bounds[i] * unit)}\"}}", count);
            }

            count += counters.Buckets[^1];
            Sample($"{name}_bucket{{{labels},le=\"+Inf\"}}", count);
            writer.Write($"{name}_sum{{{labels}}} {Text(counters.Milliseconds * unit)}\n");
            Sample($"{name}_count{{{labels}}}", count);
        }
    }

    private void WriteGrpc(List<CountedListener> listeners)
    {
        Header("sluice_grpc_responses_total", "counter", "Responses to gRPC and gRPC-Web requests, by listener and grpc-status; \"none\" for those that ended without one.");
        foreach (var listener in listeners)
        {
            var statuses = listener.Counters.GrpcStatuses;
            for (var i = 0; i < (statuses?.Length ?? 0); i++)
                Sample($"sluice_grpc_responses_total{{{LabelsOf(listener)},grpc_status=\"{GrpcStatus.Name(i)}\"}}", statuses![i]);
        }
    }

    private void Gauge(string name, string help, long value)
    {
        Header(name, "gauge", help);
        Sample(name, value);
    }

    // Rounded: a thousandth has no exact double.
    private static string Text(double value) => Math.Round(value, 9).ToString(CultureInfo.InvariantCulture);
}
