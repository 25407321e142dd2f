using System.Text.Json;

namespace Sluice.Kubernetes.Client;

/// <summary>Reads the lines of a watch.</summary>
internal sealed class WatchReader(Stream stream, int maxLineBytes) : IDisposable
{
    private readonly GrowingBuffer _buffer = new(stream, maxLineBytes);
    private int _taken;
    private int _searched;

    /// <summary>
    /// The next event; null at the end of the stream. A last line without its line feed does not count: the server was cut off,
    /// and tells it again to whoever resumes.
    /// </summary>
    /// <exception cref="JsonException">A line is not an event.</exception>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async ValueTask<WatchEvent?> ReadAsync(CancellationToken cancellation)
    {
        _buffer.Use(_taken);
        _taken = 0;
        while (true)
        {
            var end = _buffer.Unused.Span[_searched..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.Unused[..(_searched + end)];
                _searched = 0;
                _taken = line.Length + 1;
                if (!line.Span.ContainsAnyExcept((byte)' ', (byte)'\r'))
                {
                    _buffer.Use(_taken);
                    _taken = 0;
                    continue;
                }

                return Parse(line);
            }

            _searched = _buffer.Unused.Length;
            if (!await _buffer.FillAsync(cancellation).ConfigureAwait(false))
                return null;
        }
    }

    public void Dispose() => _buffer.Dispose();

    private static WatchEvent Parse(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, ObjectJson.Options);
        WatchEventType? type = null;
        ReadOnlyMemory<byte>? value = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("a line of the watch is not an event");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
                type = TypeOf(ref reader);
            var start = (int)reader.TokenStartIndex;
            if (isObject && reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("an event of the watch has no object");
            reader.Skip();
            if (isObject)
                value = line[start..(int)reader.BytesConsumed];
        }

        // What follows the event on its line would be lost without a word.
        if (reader.Read())
            throw new JsonException("a line of the watch holds more than one event");
        return type is { } known && value is { } json
            ? new WatchEvent(known, json)
            : throw new JsonException("an event of the watch has no type or no object");
    }

    private static WatchEventType TypeOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("ADDED"u8))
                return WatchEventType.Added;
            if (reader.ValueTextEquals("MODIFIED"u8))
                return WatchEventType.Modified;
            if (reader.ValueTextEquals("DELETED"u8))
                return WatchEventType.Deleted;
            if (reader.ValueTextEquals("BOOKMARK"u8))
                return WatchEventType.Bookmark;
            if (reader.ValueTextEquals("ERROR"u8))
                return WatchEventType.Error;
        }

        throw new JsonException("an event of the watch has a type that is not known");
    }
}
