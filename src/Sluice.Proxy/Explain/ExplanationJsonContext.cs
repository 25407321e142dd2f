using System.Text.Json.Serialization;

namespace Sluice.Proxy.Explain;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJsonContext : JsonSerializerContext;
