using System.Text;
using System.Text.Json;
using Sluice.Controller.Publishing;
using Sluice.Controller.Reports;
using Sluice.Controller.Telemetry;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Admin;

/// <summary>The admin endpoint: read-only views of this process. It has no authentication and belongs on a loopback address.</summary>
internal sealed class AdminHandler(UpdatePipeline pipeline, ControllerMetrics metrics, Action<TextWriter> writeProxyMetrics, string version) : ILocalHandler
{
    private volatile bool _isReady;

    /// <summary>More metrics than those of every instance.</summary>
    public Action<PrometheusWriter>? WriteMore { get; init; }

    /// <summary>The state of the objects in force, which <c>/metrics</c> has too; null where it has not.</summary>
    public StateFamilies? State { get; init; }

    /// <summary>Whether it has that now. Default: always.</summary>
    public Func<bool> ShowsState { get; init; } = () => true;

    /// <summary>Answers <c>/top</c>; null where there is no data plane.</summary>
    public Func<LocalResponse>? Top { get; init; }

    /// <summary>From the first full configuration until a stop is asked for.</summary>
    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    // Off the worker: of thousands of routes there is much to write, and requests would wait for it.
    public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken) => new(Task.Run(() => Handle(request), cancellationToken));

    private LocalResponse Handle(LocalRequest request)
    {
        Func<LocalRequest, LocalResponse>? answer = request.Path switch
        {
            "/" => _ => Plain(200, AdminIndex.Text),
            "/healthz" => _ => Plain(200, "ok\n"),
            "/readyz" => _ => IsReady ? Plain(200, "ready\n") : Plain(503, "not ready\n"),
            "/metrics" => Metrics,
            "/top" when Top is { } top => _ => top(),
            "/config" => Config,
            "/status" => _ => Json(JsonSerializer.SerializeToUtf8Bytes(pipeline.State.ToReport(), ReportJson.Default.StatusReport)),
            "/explain" => Explain,
            _ => null,
        };
        if (answer is null)
            return AdminError.Response(404, $"there is no {request.Path} here; / lists what there is");
        if (request.Method is not ("GET" or "HEAD"))
            return AdminError.Response(405, $"{request.Path} is only for GET and HEAD");
        return answer(request);
    }

    private LocalResponse Metrics(LocalRequest request) => MetricsResponse.Of(request, WriteMetrics, State is not null && ShowsState() ? State.Of(pipeline.State) : null);

    private void WriteMetrics(TextWriter text)
    {
        writeProxyMetrics(text);
        var writer = new PrometheusWriter(text);
        metrics.Write(writer);
        StateMetrics.Write(writer, pipeline.State, IsReady);
        WriteMore?.Invoke(writer);
        writer.Declare("sluice_build_info", "gauge", "Always 1; the version is its label.");
        writer.Sample("sluice_build_info", 1, ("version", version));
        ProcessMetrics.Write(writer);
    }

    private LocalResponse Config(LocalRequest request)
    {
        var configurations = pipeline.State.Translation.Configurations;
        if (QueryString.Parse(request.Query).LastOrDefault(pair => pair.Name == "gateway").Value is { } gateway)
        {
            configurations = [.. configurations.Where(configuration => configuration.Gateway == gateway)];
            if (configurations.Count == 0)
                return AdminError.Response(404, $"there is no configuration for Gateway \"{gateway}\"; it is written as namespace/name");
        }
        return Json(JsonSerializer.SerializeToUtf8Bytes(configurations, ReportJson.Default.IReadOnlyListProxyConfiguration));
    }

    private LocalResponse Explain(LocalRequest request) => ExplainQuery.Answer(request, pipeline.State.Translation.Configurations);

    private static LocalResponse Plain(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    private static LocalResponse Json(byte[] body) => new(200, "application/json", body);
}
