using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Conformance.Data;

/// <summary>Acceptable codes, or "failure": any answer that is neither a success nor a timeout, five times in a row.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record StatusExpectation(IReadOnlyList<int> Codes)
{
    public bool IsFailure => Codes.Count == 0;

    /// <summary>A case that expects 408 or 504 takes either.</summary>
    public bool Accepts(int status) => Codes.Contains(status) || (status is 408 or 504 && Codes.Any(code => code is 408 or 504));

    public override string ToString() => string.Join(" or ", Codes);

    private sealed class Converter : JsonConverter<StatusExpectation>
    {
        public override StatusExpectation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return reader.GetString() == "failure" ? new StatusExpectation([]) : throw new JsonException($"status is \"{reader.GetString()}\"");
            return new StatusExpectation(JsonSerializer.Deserialize<int[]>(ref reader, options) is { Length: > 0 } codes ? codes : throw new JsonException("status lists no codes"));
        }

        public override void Write(Utf8JsonWriter writer, StatusExpectation value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
