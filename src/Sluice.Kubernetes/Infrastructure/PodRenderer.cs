using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Installing;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// The template of pods. It depends on parameters, spec.infrastructure and the controller's installation, and not on
/// listeners: a listener that comes or goes changes the Service and the proxy's configuration, and starts no pod anew.
/// </summary>
internal sealed class PodRenderer(ProxyInfrastructure input, List<string> warnings)
{
    public const string AuthoritiesKey = "ca.crt";
    public const string TokenKey = "token";
    public const string SessionKeyKey = "session-key";
    public const string CredentialsPath = "/var/run/secrets/sluice";
    public const string StatePath = "/var/lib/sluice";

    /// <summary>Audience of the token that a proxy proves itself with.</summary>
    public const string TokenAudience = "sluice.dev/config-stream";

    public const string CredentialsVolume = "credentials";
    public const string StateVolume = "state";
    public const string TemporaryVolume = "tmp";

    private const int TokenSeconds = 3600;

    /// <summary>A user without a name in any image; files of the volumes belong to the group.</summary>
    private const int UserId = 65532;

    private readonly PodParameters _pod = input.Parameters.Pod;

    public JsonObject Render()
    {
        var times = ShutdownTimes.Of(_pod, warnings);
        var spec = new JsonObject
        {
            ["serviceAccountName"] = ProxyNames.Of(input.Gateway),
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["terminationGracePeriodSeconds"] = times.Grace,
            ["nodeSelector"] = ExtraMetadata.Over(_pod.NodeSelector, new Dictionary<string, string> { ["kubernetes.io/os"] = "linux" }).ToJson(),
            ["securityContext"] = SecurityContext(),
            ["containers"] = new JsonArray(new ContainerRenderer(input, times, warnings).Render()),
            ["volumes"] = Volumes(),
        };
        spec.Add("topologySpreadConstraints", SpreadConstraints(), when: input.Parameters.DaemonSet is null || _pod.TopologySpreadConstraints is not null);
        spec.Add("imagePullSecrets", _pod.ImagePullSecrets);
        spec.Add("affinity", _pod.Affinity);
        spec.Add("tolerations", _pod.Tolerations);
        spec.Add("priorityClassName", _pod.PriorityClassName, when: _pod.PriorityClassName is not null);
        return new JsonObject { ["metadata"] = Metadata(), ["spec"] = spec };
    }

    private JsonObject Metadata()
    {
        if (input.Parameters.IsScraped == false)
            return ProxyLabels.Metadata(input.Gateway, _pod.Metadata);
        var scraped = new Dictionary<string, string>
        {
            ["prometheus.io/scrape"] = "true",
            ["prometheus.io/port"] = InstallationNames.ProbePort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["prometheus.io/path"] = "/metrics",
        };
        return ProxyLabels.Metadata(input.Gateway, _pod.Metadata with { Annotations = ExtraMetadata.Over(_pod.Metadata.Annotations, scraped) });
    }

    // Listeners have any port. The sysctl is one that the restricted Pod Security Standard allows; the alternative, other ports
    // in the pod than in the Service, would show in NetworkPolicies, in logs and in what the proxy says of itself.
    private JsonObject SecurityContext()
    {
        var context = new JsonObject
        {
            ["sysctls"] = new JsonArray(new JsonObject { ["name"] = "net.ipv4.ip_unprivileged_port_start", ["value"] = "0" }),
        };
        if (input.Parameters.OmitDefaultSecurityContext != true)
        {
            context["runAsNonRoot"] = true;
            context["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" };
            if (input.Parameters.FloatingUserId != true)
            {
                context["runAsUser"] = UserId;
                context["runAsGroup"] = UserId;
                context["fsGroup"] = UserId;
            }
        }

        return context.With(_pod.SecurityContext);
    }

    private JsonArray SpreadConstraints()
    {
        var selector = new JsonObject { ["matchLabels"] = ProxyLabels.Selector(input.Gateway).ToJson() };
        if (_pod.TopologySpreadConstraints is not { } given)
            return new JsonArray(Spread("topology.kubernetes.io/zone", selector), Spread("kubernetes.io/hostname", selector));
        var constraints = JsonArray.Create(given)!;
        foreach (var constraint in constraints.OfType<JsonObject>())
        {
            if (!constraint.ContainsKey("labelSelector"))
                constraint["labelSelector"] = selector.DeepClone();
        }

        return constraints;
    }

    // Pods of another generation do not count, so that a rollout ends as evenly spread as it should be.
    private static JsonObject Spread(string key, JsonObject selector) => new()
    {
        ["topologyKey"] = key,
        ["maxSkew"] = 1,
        ["whenUnsatisfiable"] = "ScheduleAnyway",
        ["labelSelector"] = selector.DeepClone(),
        ["matchLabelKeys"] = new JsonArray("pod-template-hash"),
    };

    private JsonArray Volumes()
    {
        // The state holds private keys, and the proxy keeps them only where no disk sees them.
        var volumes = new JsonArray(
            new JsonObject { ["name"] = CredentialsVolume, ["projected"] = new JsonObject { ["sources"] = Credentials() } },
            new JsonObject { ["name"] = StateVolume, ["emptyDir"] = new JsonObject { ["medium"] = "Memory", ["sizeLimit"] = "256Mi" } },
            new JsonObject { ["name"] = TemporaryVolume, ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } });
        if (_pod.ExtraVolumes is { ValueKind: JsonValueKind.Array } extra)
        {
            foreach (var volume in extra.EnumerateArray())
                volumes.Add(ParameterJson.ToNode(volume));
        }

        return volumes;
    }

    private JsonArray Credentials()
    {
        var sources = new JsonArray(
            new JsonObject
            {
                ["serviceAccountToken"] = new JsonObject { ["audience"] = TokenAudience, ["expirationSeconds"] = TokenSeconds, ["path"] = TokenKey },
            },
            new JsonObject { ["configMap"] = Item(ProxyNames.OfAuthorities(input.Gateway), AuthoritiesKey) });
        if (!input.SessionKey.IsEmpty)
            sources.Add((JsonNode)new JsonObject { ["secret"] = Item(ProxyNames.OfSessionKey(input.Gateway), SessionKeyKey) });
        return sources;
    }

    private static JsonObject Item(string name, string key) => new()
    {
        ["name"] = name,
        ["items"] = new JsonArray(new JsonObject { ["key"] = key, ["path"] = key }),
    };
}
