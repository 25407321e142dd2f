using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Proxy.Explain;

/// <summary>The JSON form of an explanation: the properties of the records in camel case, enumerations by name, nulls left out.</summary>
public static class ExplanationJson
{
    // Quotes of hosts and paths stay readable; the result is JSON of its own, never part of a page.
    private static readonly ExplanationJsonContext Context = new(new JsonSerializerOptions(ExplanationJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Serialize(Explanation explanation) => JsonSerializer.Serialize(explanation, Context.Explanation);

    public static byte[] SerializeToUtf8Bytes(Explanation explanation) => JsonSerializer.SerializeToUtf8Bytes(explanation, Context.Explanation);

    /// <exception cref="JsonException">The text is no explanation.</exception>
    public static Explanation Deserialize(string json) =>
        JsonSerializer.Deserialize(json, Context.Explanation) ?? throw new JsonException("an explanation must be an object, not null");
}
