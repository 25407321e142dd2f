using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>Every object of an installation, in the order in which a cluster wants them.</summary>
public static class InstallManifests
{
    /// <summary>The one that the controller serves unasked.</summary>
    private const string ControllerName = "sluice.dev/gateway-controller";

    public static IReadOnlyList<JsonObject> Create(InstallOptions options) =>
    [
        Namespace(options),
        .. options.Exporter == ExporterPart.Only ? [] : Controller(options),
        .. options.Exporter == ExporterPart.None ? [] : ExporterWorkload.Of(options),
        .. options.WithGatewayClass && options.Exporter != ExporterPart.Only ? [GatewayClass(options)] : Array.Empty<JsonObject>(),
    ];

    private static IEnumerable<JsonObject> Controller(InstallOptions options) =>
    [
        .. options.Definitions,
        .. ControllerAccess.Of(options),
        .. options.Infrastructure == InfrastructureKind.Kubernetes ? ControllerNetwork.Of(options) : [],
        .. ControllerWorkload.Of(options),
        .. options.WithPodMonitors ? PodMonitors.Of(options) : [],
    ];

    private static JsonObject Namespace(InstallOptions options)
    {
        var @namespace = Manifest.Create(options, "v1", "Namespace", options.Namespace, isNamespaced: false);
        // A controller that serves on the addresses of its node is on the network of its node, which only "privileged" allows.
        var level = options.Infrastructure == InfrastructureKind.Kubernetes || options.Exporter == ExporterPart.Only ? "restricted" : "privileged";
        var labels = @namespace["metadata"]!["labels"]!;
        foreach (var mode in (string[])["enforce", "audit", "warn"])
            labels[$"pod-security.kubernetes.io/{mode}"] = level;
        return @namespace;
    }

    private static JsonObject GatewayClass(InstallOptions options)
    {
        var gatewayClass = Manifest.Create(options, "gateway.networking.k8s.io/v1", "GatewayClass", InstallationNames.GatewayClass, isNamespaced: false);
        gatewayClass["spec"] = new JsonObject { ["controllerName"] = ControllerName };
        return gatewayClass;
    }
}
