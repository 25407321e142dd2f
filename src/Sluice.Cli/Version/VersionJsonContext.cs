using System.Text.Json.Serialization;

namespace Sluice.Cli.Version;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildInfo))]
internal sealed partial class VersionJsonContext : JsonSerializerContext;
