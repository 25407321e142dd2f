using System.Text.Json;

namespace Sluice.Conformance.Traffic;

/// <summary>What the echo says that it received; Protocol is "HTTP/1.1" or "HTTP/2.0".</summary>
internal sealed record SeenRequest(string Path, string Host, string Method, string Protocol, string Namespace, string Pod, FieldList Headers)
{
    /// <summary>The server name that the backend was asked for; null when the request came without TLS or without a name.</summary>
    public string? ServerName { get; init; }

    /// <summary>The client certificates that the backend was shown, PEM.</summary>
    public IReadOnlyList<string> PeerCertificates { get; init; } = [];

    /// <summary>Null when the body is not an echo's.</summary>
    public static SeenRequest? Parse(byte[] body)
    {
        if (body is not [(byte)'{', ..])
            return null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
        using (document)
        {
            var root = document.RootElement;
            if (!root.TryGetProperty("path", out _) || !root.TryGetProperty("headers", out var fields))
                return null;
            var headers = new FieldList();
            foreach (var field in fields.EnumerateObject())
            {
                foreach (var line in field.Value.EnumerateArray())
                    headers.Add(field.Name, line.GetString()!);
            }
            var seen = new SeenRequest(Text(root, "path"), Text(root, "host"), Text(root, "method"), Text(root, "proto"), Text(root, "namespace"), Text(root, "pod"), headers);
            return root.TryGetProperty("tls", out var tls) ? WithTls(seen, tls) : seen;
        }
    }

    private static SeenRequest WithTls(SeenRequest seen, JsonElement tls) => seen with
    {
        ServerName = tls.TryGetProperty("serverName", out var name) ? name.GetString() : null,
        PeerCertificates = tls.TryGetProperty("peerCertificates", out var shown) ? [.. shown.EnumerateArray().Select(item => item.GetString()!)] : [],
    };

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
