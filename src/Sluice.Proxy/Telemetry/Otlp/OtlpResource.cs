using System.Text;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>
/// The resource that spans and log records are of: the service by the semantic conventions, the pod in a cluster, and what
/// OTEL_RESOURCE_ATTRIBUTES adds.
/// </summary>
internal static class OtlpResource
{
    private const string NamespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";
    private static readonly string Instance = Guid.NewGuid().ToString();

    /// <param name="gateway">As "namespace/name".</param>
    /// <param name="serviceName">Null: "name.namespace".</param>
    /// <param name="version">Of the program; "" when it is not known.</param>
    public static byte[] Encode(string gateway, string? serviceName, string version)
    {
        var attributes = Attributes(gateway, serviceName, version, Environment.GetEnvironmentVariable);
        var writer = new ProtobufWriter(new byte[1024 + attributes.Sum(attribute => 32 + (4 * (attribute.Key.Length + attribute.Value.Length)))]);
        foreach (var (name, value) in attributes)
        {
            var attribute = writer.Begin(1);
            writer.Text(1, Encoding.UTF8.GetBytes(name));
            var any = writer.Begin(2);
            writer.Text(1, Encoding.UTF8.GetBytes(value));
            writer.End(any);
            writer.End(attribute);
        }

        var bytes = new byte[writer.Length];
        writer.CopyTo(bytes);
        return bytes;
    }

    /// <summary>What is known; environment variables come from <paramref name="environment"/>.</summary>
    public static Dictionary<string, string> Attributes(string gateway, string? serviceName, string version, Func<string, string?> environment)
    {
        var slash = gateway.IndexOf('/', StringComparison.Ordinal);
        var (space, name) = slash < 0 ? ("", gateway) : (gateway[..slash], gateway[(slash + 1)..]);
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["service.name"] = serviceName ?? (space.Length == 0 ? name : $"{name}.{space}"),
            ["service.instance.id"] = environment("POD_NAME") ?? Instance,
            ["host.name"] = Environment.MachineName,
        };
        if (space.Length > 0)
            attributes["service.namespace"] = space;
        if (version.Length > 0)
            attributes["service.version"] = version;
        if (environment("KUBERNETES_SERVICE_HOST") is not null)
        {
            attributes["k8s.pod.name"] = environment("POD_NAME") ?? Environment.MachineName;
            if ((environment("POD_NAMESPACE") ?? OwnNamespace()) is { Length: > 0 } own)
                attributes["k8s.namespace.name"] = own;
            if (environment("NODE_NAME") is { Length: > 0 } node)
                attributes["k8s.node.name"] = node;
        }

        foreach (var pair in (environment("OTEL_RESOURCE_ATTRIBUTES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
                attributes[pair[..equals].Trim()] = Uri.UnescapeDataString(pair[(equals + 1)..].Trim());
        }

        return attributes;
    }

    private static string? OwnNamespace()
    {
        try
        {
            return File.Exists(NamespaceFile) ? File.ReadAllText(NamespaceFile).Trim() : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
