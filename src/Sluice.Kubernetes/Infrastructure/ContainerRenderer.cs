using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Installing;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>The container of the proxy.</summary>
internal sealed class ContainerRenderer(ProxyInfrastructure input, ShutdownTimes times, List<string> warnings)
{
    public const string Name = "proxy";
    private const string PortName = "probes";

    /// <summary>Where proxies of kgateway answer probes; ours do not.</summary>
    private static readonly int[] PortsOfOthers = [8082, 15021];

    private readonly ContainerParameters _container = input.Parameters.Container;

    public JsonObject Render()
    {
        var image = _container.Image.Over(input.Controller.Image);
        var container = new JsonObject { ["name"] = Name, ["image"] = image.ToString() };
        container.Add("imagePullPolicy", image.PullPolicy, when: image.PullPolicy is not null);

        // The image's entry point is the program. What a listener listens on is not among the ports: see PodRenderer.
        container["args"] = Arguments();
        container["ports"] = new JsonArray(new JsonObject { ["name"] = PortName, ["containerPort"] = InstallationNames.ProbePort, ["protocol"] = "TCP" });
        container["env"] = Environment();
        container["resources"] = Resources();
        var security = SecurityContext();
        container.Add("securityContext", security, when: security.Count > 0);
        container["volumeMounts"] = Mounts();
        var pod = input.Parameters.Pod;
        if (pod.StartupProbe is { } startup)
            container["startupProbe"] = Probe("startupProbe", "/healthz", [], startup);
        container["readinessProbe"] = Probe("readinessProbe", "/readyz", new JsonObject { ["periodSeconds"] = 5, ["failureThreshold"] = 2 }, pod.ReadinessProbe);
        container["livenessProbe"] = Probe("livenessProbe", "/healthz", new JsonObject { ["periodSeconds"] = 10, ["timeoutSeconds"] = 5, ["failureThreshold"] = 6 }, pod.LivenessProbe);
        return container;
    }

    // Listeners bind every address of the pod, as nothing else is said.
    private JsonArray Arguments()
    {
        var address = input.Controller.ProbeAddress;
        var host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        var arguments = new JsonArray(
            "proxy",
            "--controller", input.Controller.StreamAddress,
            "--gateway", input.Gateway.Key.ToString(),
            "--token-file", $"{PodRenderer.CredentialsPath}/{PodRenderer.TokenKey}",
            "--ca-file", $"{PodRenderer.CredentialsPath}/{PodRenderer.AuthoritiesKey}",
            "--state-dir", PodRenderer.StatePath,
            "--admin", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{InstallationNames.AdminPort}"),
            "--probes", string.Create(CultureInfo.InvariantCulture, $"{host}:{InstallationNames.ProbePort}"),
            "--drain-delay", string.Create(CultureInfo.InvariantCulture, $"{times.Delay}s"),
            "--drain-timeout", string.Create(CultureInfo.InvariantCulture, $"{times.Drain}s"));
        Option(arguments, "--server-name", input.Controller.StreamServerName);
        Option(arguments, "--workers", _container.Workers?.ToString(CultureInfo.InvariantCulture));
        Option(arguments, "--session-key-file", input.SessionKey.IsEmpty ? null : $"{PodRenderer.CredentialsPath}/{PodRenderer.SessionKeyKey}");
        Option(arguments, "--metrics-detail", input.Controller.MetricsDetail);
        return arguments;
    }

    private static void Option(JsonArray arguments, string name, string? value)
    {
        if (value is null)
            return;
        arguments.Add((JsonNode)name);
        arguments.Add((JsonNode)value);
    }

    // The runtime's diagnostics want a writable directory and are nothing to leave open.
    private JsonArray Environment()
    {
        var environment = new JsonArray(new JsonObject { ["name"] = "DOTNET_EnableDiagnostics", ["value"] = "0" });
        foreach (var variable in Items(_container.Env))
        {
            foreach (var same in environment.OfType<JsonObject>().Where(other => other.Text("name") == variable.Text("name")).ToList())
                environment.Remove(same);
            environment.Add((JsonNode)variable);
        }

        return environment;
    }

    // No limits: at its limit of memory a proxy would lose every connection, at that of CPU time every request would wait.
    private JsonObject Resources() => _container.Resources is { } given
        ? JsonObject.Create(given)!
        : new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "128Mi" } };

    private JsonObject SecurityContext()
    {
        var defaults = input.Parameters.OmitDefaultSecurityContext == true
            ? []
            : new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
                ["privileged"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["runAsNonRoot"] = true,
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            };
        return defaults.With(_container.SecurityContext);
    }

    private JsonArray Mounts()
    {
        var mounts = new JsonArray(
            new JsonObject { ["name"] = PodRenderer.CredentialsVolume, ["mountPath"] = PodRenderer.CredentialsPath, ["readOnly"] = true },
            new JsonObject { ["name"] = PodRenderer.StateVolume, ["mountPath"] = PodRenderer.StatePath },
            new JsonObject { ["name"] = PodRenderer.TemporaryVolume, ["mountPath"] = "/tmp" });
        foreach (var mount in Items(_container.ExtraVolumeMounts))
            mounts.Add((JsonNode)mount);
        return mounts;
    }

    private JsonObject Probe(string field, string path, JsonObject times, JsonElement? given)
    {
        var probe = given is { } ofParameters ? JsonObject.Create(ofParameters)! : times;
        if (probe.Object("httpGet")?.Number("port") is { } port && PortsOfOthers.Contains(port))
        {
            warnings.Add($"spec.kube.podTemplate.{field}: httpGet has no effect: the port {port} belongs to another proxy; {path} at {InstallationNames.ProbePort} is asked");
            probe.Remove("httpGet");
        }

        if (!probe.Any(one => one.Key is "httpGet" or "exec" or "tcpSocket" or "grpc"))
            probe["httpGet"] = new JsonObject { ["path"] = path, ["port"] = PortName, ["scheme"] = "HTTP" };
        return probe;
    }

    private static IEnumerable<JsonObject> Items(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray().Select(item => ParameterJson.ToNode(item)).OfType<JsonObject>() : [];
}
