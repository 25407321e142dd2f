using System.Globalization;
using System.Text.Json;

namespace Sluice.Resources.Reading;

/// <summary>What can be told of an object from an API server at a glance, before anything is bound.</summary>
public sealed record ObjectEnvelope
{
    public required NamespacedName Key { get; init; }

    /// <summary>metadata.uid; "" when there is none.</summary>
    public string Uid { get; init; } = "";

    /// <summary>metadata.resourceVersion; "" when there is none.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>metadata.generation; 0 for kinds that do not count.</summary>
    public long Generation { get; init; }

    /// <summary>Null when there is none, or when it is no time.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>
    /// Of everything but apiVersion, kind, status, resourceVersion and managedFields: two versions with the same hash mean the
    /// same.
    /// </summary>
    public UInt128 ContentHash { get; init; }

    /// <summary>Where the value of status begins in the object's bytes.</summary>
    public int StatusStart { get; init; }

    /// <summary>Bytes of the value of status; 0 when there is none.</summary>
    public int StatusLength { get; init; }

    /// <param name="json">One object.</param>
    /// <exception cref="JsonException">It is no JSON object with a metadata.name.</exception>
    public static ObjectEnvelope Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("a Kubernetes object must be a JSON object");
        var builder = new Builder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
                builder.ReadMetadata(ref reader, json);
            else if (reader.ValueTextEquals("status"u8))
                (builder.StatusStart, builder.StatusLength) = Value(ref reader);
            else if (reader.ValueTextEquals("apiVersion"u8) || reader.ValueTextEquals("kind"u8))
                Value(ref reader);
            else
                builder.Count(ref reader, json);
        }
        if (builder.Name.Length == 0)
            throw new JsonException("a Kubernetes object must have a metadata.name");
        return builder.Build();
    }

    /// <summary>Skips the value of the field that the reader stands at.</summary>
    private static (int Start, int Length) Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }

    private struct Builder
    {
        private UInt128 _hash;
        private string _namespace = "";
        private string _uid = "";
        private string _resourceVersion = "";
        private long _generation;
        private DateTimeOffset? _created;

        public Builder()
        {
        }

        public string Name { get; private set; } = "";

        public int StatusStart { get; set; }

        public int StatusLength { get; set; }

        public readonly ObjectEnvelope Build() => new()
        {
            Key = new NamespacedName(_namespace, Name),
            Uid = _uid,
            ResourceVersion = _resourceVersion,
            Generation = _generation,
            CreationTimestamp = _created,
            ContentHash = _hash,
            StatusStart = StatusStart,
            StatusLength = StatusLength,
        };

        /// <summary>Name and value, in the order in which they stand: an API server always writes them in the same one.</summary>
        public void Count(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
        {
            var name = (int)reader.TokenStartIndex;
            var (start, length) = Value(ref reader);
            var hash = Reading.Text.ContentHash.Of(json[name..(start + length)]);
            _hash = new UInt128(
                Reading.Text.ContentHash.Combine((ulong)(_hash >> 64), (ulong)(hash >> 64)),
                Reading.Text.ContentHash.Combine((ulong)_hash, (ulong)hash));
        }

        public void ReadMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("metadata must be a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("managedFields"u8))
                    Value(ref reader);
                else if (reader.ValueTextEquals("resourceVersion"u8))
                    _resourceVersion = String(ref reader);
                else if (reader.ValueTextEquals("generation"u8))
                    _generation = reader.Read() && reader.TryGetInt64(out var generation) ? generation : 0;
                else
                    ReadIdentity(ref reader, json);
            }
        }

        private void ReadIdentity(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
        {
            var field = reader;
            Count(ref reader, json);
            if (field.ValueTextEquals("name"u8))
                Name = String(ref field);
            else if (field.ValueTextEquals("namespace"u8))
                _namespace = String(ref field);
            else if (field.ValueTextEquals("uid"u8))
                _uid = String(ref field);
            else if (field.ValueTextEquals("creationTimestamp"u8))
                _created = Time(String(ref field));
        }

        private static string String(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? Decoded(ref reader) : "";

        // An escape in a string may be half of a surrogate pair.
        private static string Decoded(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException error)
            {
                throw new JsonException("metadata holds a string that is no text", error);
            }
        }

        private static DateTimeOffset? Time(string text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }
}
