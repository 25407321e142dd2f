using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>The exporter: who it is to the API server, its Deployment, and how Prometheus finds it.</summary>
internal static class ExporterWorkload
{
    private const string Component = "exporter";
    private const string Metrics = "metrics";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static IEnumerable<JsonObject> Of(InstallOptions options)
    {
        var account = Create(options, "v1", "ServiceAccount");
        account["automountServiceAccountToken"] = false;
        yield return account;
        yield return Role(options);
        yield return Binding(options);
        yield return Service(options);
        yield return Policy(options);
        yield return Deployment(options);
        if (options.WithServiceMonitor)
            yield return Monitor(options);
    }

    private static JsonObject Role(InstallOptions options)
    {
        var role = Create(options, $"{RbacGroup}/v1", "ClusterRole", isNamespaced: false);
        IEnumerable<AccessRule> rules = options.ExporterShowsKuadrant ? [.. AccessRules.Exporter, .. AccessRules.ExporterOfKuadrant] : AccessRules.Exporter;
        role["rules"] = new JsonArray([.. rules.Select(rule => rule.ToJson())]);
        return role;
    }

    private static JsonObject Binding(InstallOptions options)
    {
        var binding = Create(options, $"{RbacGroup}/v1", "ClusterRoleBinding", isNamespaced: false);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = "ClusterRole", ["name"] = InstallationNames.Exporter };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = InstallationNames.Exporter, ["namespace"] = options.Namespace });
        return binding;
    }

    private static JsonObject Service(InstallOptions options)
    {
        var service = Create(options, "v1", "Service");
        service["spec"] = new JsonObject
        {
            ["selector"] = Manifest.SelectorOf(Component),
            ["ports"] = new JsonArray(new JsonObject { ["name"] = Metrics, ["port"] = InstallationNames.ExporterPort, ["targetPort"] = Metrics, ["appProtocol"] = "http" }),
        };
        return service;
    }

    private static JsonObject Policy(InstallOptions options)
    {
        var policy = Create(options, "networking.k8s.io/v1", "NetworkPolicy");
        policy["spec"] = new JsonObject
        {
            ["podSelector"] = new JsonObject { ["matchLabels"] = Manifest.SelectorOf(Component) },
            ["policyTypes"] = Manifest.Strings(["Ingress", "Egress"]),
            ["ingress"] = new JsonArray(ControllerNetwork.FromTheCluster(Metrics)),
            ["egress"] = ControllerNetwork.ToDnsAndApiServer(options),
        };
        return policy;
    }

    private static JsonObject Deployment(InstallOptions options)
    {
        var deployment = Create(options, "apps/v1", "Deployment");
        deployment["spec"] = new JsonObject
        {
            // Two would tell everything twice.
            ["replicas"] = 1,
            ["selector"] = new JsonObject { ["matchLabels"] = Manifest.SelectorOf(Component) },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = Manifest.Labels(options, Component) },
                ["spec"] = Pod(options),
            },
        };
        return deployment;
    }

    private static JsonObject Pod(InstallOptions options) => new()
    {
        ["serviceAccountName"] = InstallationNames.Exporter,
        ["automountServiceAccountToken"] = true,
        ["nodeSelector"] = new JsonObject { ["kubernetes.io/os"] = "linux" },
        ["securityContext"] = ControllerPod.Unprivileged(),
        ["containers"] = new JsonArray(new JsonObject
        {
            ["name"] = Component,
            ["image"] = options.Image,
            ["imagePullPolicy"] = "IfNotPresent",
            ["args"] = Manifest.Strings(Arguments(options)),
            ["ports"] = new JsonArray(new JsonObject { ["name"] = Metrics, ["containerPort"] = InstallationNames.ExporterPort }),
            ["readinessProbe"] = ControllerPod.Probe("/readyz", Metrics, periodSeconds: 5, failureThreshold: 2),
            ["livenessProbe"] = ControllerPod.Probe("/livez", Metrics, periodSeconds: 10, failureThreshold: 6),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "96Mi" },
                ["limits"] = new JsonObject { ["memory"] = "384Mi" },
            },
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject { ["drop"] = Manifest.Strings(["ALL"]) },
            },
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "tmp", ["mountPath"] = "/tmp" }),
        }),
        ["volumes"] = new JsonArray(new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } }),
    };

    private static IEnumerable<string> Arguments(InstallOptions options)
    {
        string[] arguments = ["exporter", "--listen", string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{InstallationNames.ExporterPort}")];
        return options.ExporterShowsKuadrant ? [.. arguments, "--kuadrant"] : arguments;
    }

    /// <summary>The samples' own namespace counts, not that of the exporter: without that dashboards show nothing.</summary>
    private static JsonObject Monitor(InstallOptions options)
    {
        var monitor = Create(options, "monitoring.coreos.com/v1", "ServiceMonitor");
        monitor["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = Manifest.SelectorOf(Component) },
            ["endpoints"] = new JsonArray(new JsonObject
            {
                ["port"] = Metrics,
                ["honorLabels"] = true,
                ["relabelings"] = new JsonArray(new JsonObject { ["action"] = "labeldrop", ["regex"] = "pod|service|endpoint|namespace" }),
            }),
        };
        return monitor;
    }

    private static JsonObject Create(InstallOptions options, string apiVersion, string kind, bool isNamespaced = true) =>
        Manifest.Create(options, apiVersion, kind, InstallationNames.Exporter, isNamespaced, Component);
}
