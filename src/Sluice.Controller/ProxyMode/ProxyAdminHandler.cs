using System.Text;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Controller.Admin;
using Sluice.Controller.Reports;
using Sluice.Controller.Telemetry;
using Sluice.Proxy;
using Sluice.Proxy.Local;

namespace Sluice.Controller.ProxyMode;

/// <summary>The admin endpoint of a proxy: read-only views of this process, without authentication.</summary>
internal sealed class ProxyAdminHandler(ProxyServer server, ProxyConfigurator configurator, StreamClient client, string version) : ILocalHandler
{
    private const string Index = """
        Sluice proxy, admin endpoint
          /healthz   200 while the process lives
          /readyz    200 while the configuration is served, else 503
          /metrics   Prometheus text
          /config    what is in force, as JSON, without private keys
          /top       what rules of routes have served so far, as JSON
          /explain   why a request goes where it goes, as JSON: ?url=URL[&method=M][&header=NAME:VALUE]...

        """;

    private volatile bool _isStopping;

    /// <summary>A stop was asked for: the proxy is not ready any more.</summary>
    public void BeginStop() => _isStopping = true;

    // Off the worker: of thousands of routes there is much to write, and requests would wait for it.
    public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken) => new(Task.Run(() => Handle(request), cancellationToken));

    private LocalResponse Handle(LocalRequest request)
    {
        Func<LocalResponse>? answer = request.Path switch
        {
            "/" => () => Plain(200, Index),
            "/healthz" => () => Plain(200, "ok\n"),
            "/readyz" => Readiness,
            "/metrics" => () => MetricsResponse.Of(request, WriteMetrics),
            "/top" => () => TopQuery.Answer(server),
            "/config" => () => new LocalResponse(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(InForce(), ReportJson.Default.IReadOnlyListProxyConfiguration)),
            "/explain" => () => ExplainQuery.Answer(request, InForce()),
            _ => null,
        };
        if (answer is null)
            return AdminError.Response(404, $"there is no {request.Path} here; / lists what there is");
        return request.Method is "GET" or "HEAD" ? answer() : AdminError.Response(405, $"{request.Path} is only for GET and HEAD");
    }

    private LocalResponse Readiness() => (_isStopping, configurator.IsConfigured, configurator.InForce) switch
    {
        (true, _, _) => Plain(503, "not ready: stopping\n"),
        (_, true, _) => Plain(200, "ready\n"),
        (_, _, null) => Plain(503, "not ready: no configuration yet\n"),
        _ => Plain(503, "not ready: a kept configuration is served without the keys of its certificates\n"),
    };

    private IReadOnlyList<ProxyConfiguration> InForce() => configurator.InForce is { } tables ? [tables.Configuration] : [];

    private void WriteMetrics(TextWriter text)
    {
        server.WriteMetrics(text);
        var writer = new PrometheusWriter(text);
        writer.Gauge("sluice_ready", "1 while the configuration is served.", !_isStopping && configurator.IsConfigured ? 1 : 0);
        writer.Gauge("sluice_stream_connected", "1 while there is a configuration stream.", client.IsConnected ? 1 : 0);
        writer.Counter("sluice_stream_connects_total", "Configuration streams that were opened.", client.Connects);
        writer.Counter("sluice_stream_received_bytes_total", "Bytes of the controller's frames.", client.BytesReceived);
        var (applied, rejected) = configurator.Counts;
        writer.Declare("sluice_configurations_total", "counter", "Configurations given to the data plane, by its answer.");
        writer.Sample("sluice_configurations_total", applied, ("result", "applied"));
        writer.Sample("sluice_configurations_total", rejected, ("result", "rejected"));
        if (configurator.AppliedAt is { } time)
            writer.Gauge("sluice_configuration_applied_timestamp_seconds", "When the last configuration was applied.", time.ToUnixTimeMilliseconds() / 1000.0);
        writer.Declare("sluice_build_info", "gauge", "Always 1; the version is its label.");
        writer.Sample("sluice_build_info", 1, ("version", version));
        ProcessMetrics.Write(writer);
    }

    private static LocalResponse Plain(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
}
