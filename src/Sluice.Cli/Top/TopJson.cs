using System.Text.Json.Serialization;

namespace Sluice.Cli.Top;

/// <summary>JSON of <c>sluice top --output json</c>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TopRates))]
internal sealed partial class TopJson : JsonSerializerContext;
