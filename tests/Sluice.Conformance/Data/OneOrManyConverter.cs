using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Conformance.Data;

/// <summary>A string, a list of strings, or null for none.</summary>
internal sealed class OneOrManyConverter : JsonConverter<IReadOnlyList<string>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => [],
        JsonTokenType.String => [reader.GetString()!],
        _ => JsonSerializer.Deserialize<string[]>(ref reader, options)!,
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
