using System.Text;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Admin;

/// <summary>
/// What an admin endpoint answers to the cluster: whether the process lives and is ready, and its metrics. Configuration, statuses and
/// explanations are for who may enter the pod.
/// </summary>
/// <param name="admin">Answers.</param>
internal sealed class ProbeHandler(ILocalHandler admin) : ILocalHandler
{
    private const string Index = """
        Sluice probes
          /healthz   200 while the process lives
          /readyz    200 while the configuration is served, else 503
          /metrics   Prometheus text

        """;

    public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken) => request.Path switch
    {
        "/healthz" or "/readyz" or "/metrics" => admin.HandleAsync(request, cancellationToken),
        "/" when request.Method is "GET" or "HEAD" => ValueTask.FromResult(new LocalResponse(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Index))),
        _ => ValueTask.FromResult(AdminError.Response(404, $"there is no {request.Path} here; / lists what there is, and the admin endpoint (--admin) has more")),
    };
}
