using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>The Pods of the controller. With infrastructure kubernetes they satisfy the Pod Security Standard "restricted".</summary>
internal static class ControllerPod
{
    /// <summary>The user of the image, whom no other image of a cluster is likely to share files with.</summary>
    private const int User = 65532;

    private const string AnyAddress = "0.0.0.0";

    public static JsonObject Template(InstallOptions options)
    {
        var isHost = options.Infrastructure == InfrastructureKind.Host;
        var spec = new JsonObject
        {
            ["serviceAccountName"] = InstallationNames.Controller,
            ["automountServiceAccountToken"] = true,
            ["priorityClassName"] = InstallationNames.Controller,
            ["terminationGracePeriodSeconds"] = isHost ? 45 : 30,
        };
        if (isHost)
        {
            spec["hostNetwork"] = true;
            spec["dnsPolicy"] = "ClusterFirstWithHostNet";
        }

        spec["nodeSelector"] = new JsonObject { ["kubernetes.io/os"] = "linux" };
        spec["affinity"] = Apart();
        spec["securityContext"] = isHost
            ? new JsonObject { ["seccompProfile"] = RuntimeDefault() }
            : Unprivileged();
        spec["containers"] = new JsonArray(Container(options, isHost));
        spec["volumes"] = new JsonArray(new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } });
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = Manifest.Labels(options), ["annotations"] = Scraped() },
            ["spec"] = spec,
        };
    }

    private static JsonObject Container(InstallOptions options, bool isHost)
    {
        var ports = new JsonArray(Port("probes", InstallationNames.ProbePort));
        if (!isHost)
            ports.Add((JsonNode)Port("config-stream", InstallationNames.StreamPort));
        return new JsonObject
        {
            ["name"] = "controller",
            ["image"] = options.Image,
            ["imagePullPolicy"] = "IfNotPresent",
            ["args"] = Manifest.Strings(Arguments(options)),
            ["ports"] = ports,
            // Until the first full configuration, and a stop, readiness is false; a process that answers nothing is restarted.
            ["readinessProbe"] = Probe("/readyz", "probes", periodSeconds: 5, failureThreshold: 2),
            ["livenessProbe"] = Probe("/healthz", "probes", periodSeconds: 10, failureThreshold: 6),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "128Mi" },
                ["limits"] = new JsonObject { ["memory"] = "512Mi" },
            },
            ["securityContext"] = Restrictions(options),
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "tmp", ["mountPath"] = "/tmp" }),
        };
    }

    private static IEnumerable<string> Arguments(InstallOptions options)
    {
        List<string> arguments =
        [
            "controller",
            "--infrastructure", options.Infrastructure == InfrastructureKind.Kubernetes ? "kubernetes" : "host",
            "--admin", $"127.0.0.1:{InstallationNames.AdminPort}",
            "--probes", $"{AnyAddress}:{InstallationNames.ProbePort}",
        ];
        if (options.Infrastructure == InfrastructureKind.Kubernetes)
            arguments.AddRange(["--config-stream", $"{AnyAddress}:{InstallationNames.StreamPort}", "--proxy-image", options.Image]);
        if (options.AddressPool is { } pool)
            arguments.AddRange(["--address-pool", pool.ToString()]);
        return arguments;
    }

    private static JsonObject Restrictions(InstallOptions options)
    {
        var capabilities = new JsonObject { ["drop"] = Manifest.Strings(["ALL"]) };
        var restrictions = new JsonObject
        {
            ["allowPrivilegeEscalation"] = false,
            ["readOnlyRootFilesystem"] = true,
            ["capabilities"] = capabilities,
        };
        if (options.Infrastructure == InfrastructureKind.Host)
        {
            // On the node's network, port 80 needs the first, and making the pool's addresses local needs the second. Only root keeps
            // them without an escalation of privileges.
            capabilities["add"] = Manifest.Strings(options.AddressPool is null ? ["NET_BIND_SERVICE"] : ["NET_BIND_SERVICE", "NET_ADMIN"]);
            restrictions["runAsUser"] = 0;
        }

        return restrictions;
    }

    /// <summary>Not on one node, and not in one zone, as long as there are others.</summary>
    private static JsonObject Apart() => new()
    {
        ["podAntiAffinity"] = new JsonObject
        {
            ["preferredDuringSchedulingIgnoredDuringExecution"] = new JsonArray(Away("kubernetes.io/hostname", 100), Away("topology.kubernetes.io/zone", 50)),
        },
    };

    private static JsonObject Away(string topologyKey, int weight) => new()
    {
        ["weight"] = weight,
        ["podAffinityTerm"] = new JsonObject { ["topologyKey"] = topologyKey, ["labelSelector"] = new JsonObject { ["matchLabels"] = Manifest.Selector } },
    };

    /// <summary>Of a Pod that needs no rights.</summary>
    public static JsonObject Unprivileged() => new()
    {
        ["runAsNonRoot"] = true,
        ["runAsUser"] = User,
        ["runAsGroup"] = User,
        ["fsGroup"] = User,
        ["seccompProfile"] = RuntimeDefault(),
    };

    public static JsonObject Probe(string path, string port, int periodSeconds, int failureThreshold) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = port },
        ["periodSeconds"] = periodSeconds,
        ["timeoutSeconds"] = 3,
        ["failureThreshold"] = failureThreshold,
    };

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["containerPort"] = port };

    private static JsonObject RuntimeDefault() => new() { ["type"] = "RuntimeDefault" };

    private static JsonObject Scraped() => new()
    {
        ["prometheus.io/scrape"] = "true",
        ["prometheus.io/path"] = "/metrics",
        ["prometheus.io/port"] = InstallationNames.ProbePort.ToString(CultureInfo.InvariantCulture),
    };
}
