using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Tests.Support;

/// <summary>An answer of the API.</summary>
public sealed record ApiAnswer(int Status, string ContentType, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    public string Text => Encoding.UTF8.GetString(Body);

    public IReadOnlyList<string> Warnings => [.. Headers.Where(header => header.Key == "warning").Select(header => header.Value)];

    /// <summary>The value at a path such as "metadata.name" or "items.0.spec".</summary>
    public JsonNode? At(string path)
    {
        JsonNode? node = Json;
        foreach (var part in path.Split('.'))
            node = node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node?[part];
        return node;
    }

    /// <summary>The same as text; "" when there is none.</summary>
    public string TextAt(string path) => At(path)?.ToString() ?? "";

    public ApiAnswer Expect(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        return this;
    }
}
