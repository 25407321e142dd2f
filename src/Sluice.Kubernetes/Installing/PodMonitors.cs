using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;

namespace Sluice.Kubernetes.Installing;

/// <summary>Have Prometheus, by its operator's kind PodMonitor, scrape controllers and proxies. Their Services have no port for that.</summary>
internal static class PodMonitors
{
    private const string Proxies = "sluice-proxies";

    public static IEnumerable<JsonObject> Of(InstallOptions options)
    {
        yield return Monitor(options, InstallationNames.Controller, "controller", new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = Manifest.Selector },
        });

        // With infrastructure host the controllers are the proxies.
        if (options.Infrastructure == InfrastructureKind.Kubernetes)
        {
            yield return Monitor(options, Proxies, "proxy", new JsonObject
            {
                ["namespaceSelector"] = new JsonObject { ["any"] = true },
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [ProxyLabels.Name] = ProxyLabels.Program } },
            });
        }
    }

    private static JsonObject Monitor(InstallOptions options, string name, string component, JsonObject spec)
    {
        spec["podMetricsEndpoints"] = new JsonArray(new JsonObject { ["port"] = "probes" });
        var monitor = Manifest.Create(options, "monitoring.coreos.com/v1", "PodMonitor", name, isNamespaced: true, component);
        monitor["spec"] = spec;
        return monitor;
    }
}
