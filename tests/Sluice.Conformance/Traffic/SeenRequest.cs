using System.Text.Json;

namespace Sluice.Conformance.Traffic;

/// <summary>What the echo says that it received; Protocol is "HTTP/1.1" or "HTTP/2.0".</summary>
internal sealed record SeenRequest(string Path, string Host, string Method, string Protocol, string Namespace, string Pod, FieldList Headers)
{
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
            return new SeenRequest(Text(root, "path"), Text(root, "host"), Text(root, "method"), Text(root, "proto"), Text(root, "namespace"), Text(root, "pod"), headers);
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
