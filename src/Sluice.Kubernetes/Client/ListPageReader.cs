using System.Text.Json;

namespace Sluice.Kubernetes.Client;

/// <summary>Reads one page of a list and hands its items on as they arrive: no more than one item is kept.</summary>
internal sealed class ListPageReader(Stream stream, ApiResource resource, KubernetesClientOptions options, IListReceiver receiver)
{
    private enum Place
    {
        Start,
        Root,
        Items,
        Item,
        Metadata,
        Other,
        End,
    }

    private Place _place = Place.Start;
    private JsonReaderState _state = new(ObjectJson.Options);
    private string _resourceVersion = "";
    private string _continue = "";

    /// <exception cref="JsonException">Not a list.</exception>
    /// <exception cref="InvalidDataException">Too large, or it ends in the middle.</exception>
    public async Task<ListPage> ReadAsync(CancellationToken cancellation)
    {
        using var buffer = new GrowingBuffer(stream, options.MaxObjectBytes);
        var wanted = 1;
        while (_place != Place.End)
        {
            if (!await buffer.FillAsync(cancellation).ConfigureAwait(false))
            {
                Advance(buffer);
                if (_place != Place.End)
                    throw new InvalidDataException("the list ends in the middle");
                break;
            }

            if (buffer.Total > options.MaxListPageBytes)
                throw new InvalidDataException($"one page of the list has more than {options.MaxListPageBytes >> 20} MiB");

            // An item that is not complete is looked at again when twice as much is there, so that long ones cost no more.
            if (buffer.Unused.Length < wanted)
                continue;
            Advance(buffer);
            wanted = Math.Min(buffer.Unused.Length * 2, options.MaxObjectBytes);
        }

        return new ListPage(_resourceVersion, _continue);
    }

    /// <summary>Takes all that is complete.</summary>
    private void Advance(GrowingBuffer buffer)
    {
        var memory = buffer.Unused;
        var reader = new Utf8JsonReader(memory.Span, isFinalBlock: false, _state);
        var used = 0;
        while (_place != Place.End && Step(ref reader, memory))
        {
            used = (int)reader.BytesConsumed;
            _state = reader.CurrentState;
        }

        buffer.Use(used);
    }

    /// <summary>One name, value or bracket; false when it is not complete yet.</summary>
    private bool Step(ref Utf8JsonReader reader, ReadOnlyMemory<byte> memory)
    {
        if (!reader.Read())
            return false;
        switch (_place)
        {
            case Place.Start:
                Expect(reader.TokenType == JsonTokenType.StartObject);
                _place = Place.Root;
                return true;
            case Place.Root:
                _place = reader.TokenType == JsonTokenType.EndObject ? Place.End
                    : reader.ValueTextEquals("items"u8) ? Place.Items
                    : reader.ValueTextEquals("metadata"u8) ? Place.Metadata
                    : Place.Other;
                return true;
            case Place.Items:
                // A list of nothing may be null.
                Expect(reader.TokenType is JsonTokenType.StartArray or JsonTokenType.Null);
                _place = reader.TokenType == JsonTokenType.StartArray ? Place.Item : Place.Root;
                return true;
            case Place.Item when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Root;
                return true;
            default:
                return TakeValue(ref reader, memory);
        }
    }

    private bool TakeValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> memory)
    {
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!reader.TrySkip())
            return false;
        var value = memory[start..(int)reader.BytesConsumed];
        if (_place == Place.Item)
        {
            Expect(isObject);
            receiver.Add(ObjectJson.Complete(value, resource));
            return true;
        }

        if (_place == Place.Metadata && isObject)
            ReadMetadata(value.Span);
        _place = Place.Root;
        return true;
    }

    private void ReadMetadata(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ObjectJson.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isContinue = reader.ValueTextEquals("continue"u8);
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.String)
                _resourceVersion = reader.GetString()!;
            else if (isContinue && reader.TokenType == JsonTokenType.String)
                _continue = reader.GetString()!;
            else
                reader.Skip();
        }
    }

    private static void Expect(bool condition)
    {
        if (!condition)
            throw new JsonException("not a list of objects");
    }
}
