using System.Text.Json;

namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>Reads formats that are JSON objects; names of members are taken as they are.</summary>
public static class JsonFormatParser
{
    private const int MaxDepth = 8;
    private const int MaxMembers = 256;

    /// <exception cref="LogFormatException">The text is no JSON object, or a string in it no format; the message names the member.</exception>
    public static FormatObject Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > AccessLogFormat.MaxLength)
            throw new LogFormatException($"the format has {text.Length} characters; at most {AccessLogFormat.MaxLength} are allowed");
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var count = 0;
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (FormatObject)Node(document.RootElement, "", ref count)
                : throw new LogFormatException("a JSON format must be an object, such as {\"status\": \"%RESPONSE_CODE%\"}");
        }
        catch (JsonException error)
        {
            throw new LogFormatException($"the JSON format is no JSON: {error.Message}");
        }
    }

    private static FormatNode Node(JsonElement element, string place, ref int count)
    {
        if (++count > MaxMembers)
            throw new LogFormatException($"the JSON format has more than {MaxMembers} values");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new List<KeyValuePair<string, FormatNode>>();
                foreach (var member in element.EnumerateObject())
                    members.Add(new(member.Name, Node(member.Value, place.Length == 0 ? member.Name : $"{place}.{member.Name}", ref count)));
                return new FormatObject(members);
            case JsonValueKind.Array:
                var items = new List<FormatNode>();
                foreach (var item in element.EnumerateArray())
                    items.Add(Node(item, $"{place}[{items.Count}]", ref count));
                return new FormatList(items);
            case JsonValueKind.String:
                try
                {
                    return new FormatText(FormatParser.Parse(element.GetString()!));
                }
                catch (LogFormatException error)
                {
                    throw new LogFormatException($"{place}: {error.Message}");
                }

            default:
                return new FormatConstant(element.GetRawText());
        }
    }
}
