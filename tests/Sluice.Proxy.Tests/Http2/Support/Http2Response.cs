using System.Globalization;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>What a stream has brought so far.</summary>
internal sealed class Http2Response
{
    /// <summary>Statuses of interim responses, in order.</summary>
    public List<int> Interim { get; } = [];

    /// <summary>0 until the head has come.</summary>
    public int Status { get; private set; }

    public IReadOnlyList<WireField> Fields { get; private set; } = [];

    public IReadOnlyList<WireField>? Trailers { get; private set; }

    public string Body => BodyText.ToString();

    public System.Text.StringBuilder BodyText { get; } = new();

    /// <summary>The server's side of the stream has ended.</summary>
    public bool Ended { get; private set; }

    /// <summary>Its RST_STREAM, if one came (after the end, too).</summary>
    public Http2Error? Reset { get; set; }

    public bool IsOver => Ended || Reset is not null;

    /// <summary>Values of all fields of that name joined with ", ", or null if there is none.</summary>
    public string? this[string name] => Value(Fields, name);

    public string? Trailer(string name) => Trailers is null ? null : Value(Trailers, name);

    public int Count(string name) => Fields.Count(field => field.Name == name);

    /// <summary>Takes a field section, checked as RFC 9113 8 wants it of senders.</summary>
    public void AddSection(IReadOnlyList<WireField> fields, bool endsStream)
    {
        CheckNames(fields);
        if (Status == 0)
        {
            AddHead(fields, endsStream);
        }
        else
        {
            if (!endsStream)
                throw new WireFormatException("trailers that do not end the stream");
            if (fields.Any(field => field.Name[0] == ':'))
                throw new WireFormatException("pseudo-field in trailers");
            Trailers = fields;
        }

        Ended |= endsStream;
    }

    public void AddData(string text, bool endsStream)
    {
        if (Status == 0)
            throw new WireFormatException("DATA before the head");
        BodyText.Append(text);
        if (!endsStream)
            return;
        Ended = true;
        CheckLength();
    }

    public override string ToString() =>
        $"{Status} [{string.Join("; ", Fields.Select(field => $"{field.Name}: {field.Value}"))}] {Wire.Show(Body)}" +
        (Ended ? " ended" : "") + (Reset is { } code ? $" reset {code}" : "");

    private void AddHead(IReadOnlyList<WireField> fields, bool endsStream)
    {
        if (fields.Count == 0 || fields[0].Name != ":status" || fields.Skip(1).Any(field => field.Name[0] == ':'))
            throw new WireFormatException($"pseudo-fields of a response: {string.Join(", ", fields.Select(field => field.Name))}");
        var status = int.Parse(fields[0].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        if (fields[0].Value.Length != 3 || status == 101)
            throw new WireFormatException($"status {fields[0].Value}");
        if (status < 200)
        {
            if (endsStream)
                throw new WireFormatException("interim response that ends the stream");
            Interim.Add(status);
            return;
        }

        Status = status;
        Fields = [.. fields.Skip(1)];
    }

    private static void CheckNames(IReadOnlyList<WireField> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name.Length == 0 || name.Any(c => c is <= ' ' or >= '\x7f' or (>= 'A' and <= 'Z')) || name.IndexOf(':', 1) >= 0)
                throw new WireFormatException($"field name \"{Wire.Show(name)}\"");
            if (name is "connection" or "transfer-encoding" or "keep-alive" or "proxy-connection" or "upgrade" or "te")
                throw new WireFormatException($"connection-specific field {name}");
            if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 || value.Trim(' ', '\t') != value)
                throw new WireFormatException($"value of {name}: \"{Wire.Show(value)}\"");
        }
    }

    private void CheckLength()
    {
        if (this["content-length"] is { } length && length != BodyText.Length.ToString(CultureInfo.InvariantCulture))
            throw new WireFormatException($"content-length {length}, but {BodyText.Length} octets");
    }

    private static string? Value(IReadOnlyList<WireField> fields, string name)
    {
        var values = fields.Where(field => field.Name == name).Select(field => field.Value).ToArray();
        return values.Length == 0 ? null : string.Join(", ", values);
    }
}
