using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>Writes what <c>sluice echo --pods</c> reads, with the ports that the suite's image listens on.</summary>
internal static class PodsFile
{
    private const int HttpPort = 3000;
    private const int Http2Port = 3001;
    private const int TlsPort = 8443;
    private const int UdpPort = 8080;

    /// <param name="folder">Gets the list and, beside it, the certificates. Hidden files: the folder is followed.</param>
    /// <param name="name">The list's name; it begins with a point.</param>
    /// <param name="pods">The pods.</param>
    /// <param name="objects">Holds their Secrets.</param>
    /// <returns>The list's path.</returns>
    public static string Write(string folder, string name, IReadOnlyList<Pod> pods, ObjectFolder objects)
    {
        var list = new JsonArray([.. pods.Select(pod => Entry(folder, pod, objects))]);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, list.ToJsonString());
        return path;
    }

    private static JsonObject Entry(string folder, Pod pod, ObjectFolder objects)
    {
        var entry = new JsonObject
        {
            ["name"] = pod.Name,
            ["namespace"] = pod.Namespace,
            ["address"] = pod.Address.ToString(),
            ["port"] = pod.Kind == PodKind.Http ? HttpPort : 0,
        };
        if (pod.Labels.TryGetValue("app", out var service))
            entry["service"] = service;
        if (pod.Kind == PodKind.Http)
            entry["h2cPort"] = Http2Port;
        else if (pod.Kind == PodKind.Tcp)
            entry["tcp"] = HttpPort;
        else
            entry["udp"] = UdpPort;
        if (pod.Secret is { } secret && objects.Find(new ObjectKey("Secret", pod.Namespace, secret)) is { } document)
        {
            entry[pod.Kind == PodKind.Tcp ? "tcpTlsPort" : "tlsPort"] = TlsPort;
            entry["certificate"] = Save(folder, pod, "tls.crt", Decoded(document, "tls.crt"));
            entry["key"] = Save(folder, pod, "tls.key", Decoded(document, "tls.key"));
        }
        if (pod.ClientAuthority is { } authority && objects.Find(new ObjectKey("ConfigMap", pod.Namespace, authority)) is { } configMap)
            entry["clientCa"] = Save(folder, pod, "ca.crt", configMap["data"]!["ca.crt"]!.GetValue<string>());
        return entry;
    }

    private static string Decoded(JsonObject secret, string item) => Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]![item]!.GetValue<string>()));

    private static string Save(string folder, Pod pod, string item, string text)
    {
        var path = Path.Combine(folder, $".{pod.Namespace}-{pod.Name}-{item}");
        File.WriteAllText(path, text);
        return path;
    }
}
