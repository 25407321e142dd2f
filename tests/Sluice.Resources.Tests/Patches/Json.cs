using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources.Patches;

namespace Sluice.Resources.Tests.Patches;

/// <summary>JSON in tests is written with single quotes.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public static JsonNode? Parse(string text) => JsonNode.Parse(text.Replace('\'', '"'), null, Deep);

    /// <summary>Compares the text, so that the order of fields counts too.</summary>
    public static void Equal(string expected, JsonNode? actual) =>
        Assert.Equal(Parse(expected)?.ToJsonString() ?? "null", actual?.ToJsonString() ?? "null");

    public static PatchException Throws(bool isMalformed, string message, Action apply)
    {
        var exception = Assert.Throws<PatchException>(apply);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(isMalformed, exception.IsMalformed);
        return exception;
    }
}
