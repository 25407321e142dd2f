using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Tests.Support;

internal static class Json
{
    public static ReadOnlyMemory<byte> Bytes(string json) => Encoding.UTF8.GetBytes(json);

    public static JsonNode Parse(ReadOnlyMemory<byte> json) => JsonNode.Parse(json.Span)!;

    public static string? Name(ReadOnlyMemory<byte> json) => (string?)Parse(json)["metadata"]?["name"];

    /// <summary>What <see cref="FakeStore.Put"/> put in.</summary>
    public static string? Value(ReadOnlyMemory<byte> json) => (string?)Parse(json)["data"]?["value"];
}
