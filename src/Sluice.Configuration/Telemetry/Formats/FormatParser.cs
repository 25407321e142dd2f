using System.Globalization;

namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>
/// Reads text with command operators: %NAME%, %NAME(ARGUMENT)%, %NAME:LENGTH% and %NAME(ARGUMENT):LENGTH%, %% for a percent sign. What
/// is no operator is an error that names it and its place.
/// </summary>
public static class FormatParser
{
    /// <summary>Pieces of one format: each costs time with every request.</summary>
    private const int MaxSegments = 256;

    private const int MaxNameLength = 256;
    private static readonly string[] RequestPseudoFields = [":method", ":path", ":authority", ":scheme"];
    private static readonly string[] ResponsePseudoFields = [":status"];

    /// <exception cref="LogFormatException">The text is no format.</exception>
    public static IReadOnlyList<LogSegment> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > AccessLogFormat.MaxLength)
            throw new LogFormatException($"the format has {text.Length} characters; at most {AccessLogFormat.MaxLength} are allowed");
        var segments = new List<LogSegment>();
        var literal = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '%')
            {
                literal.Append(text[i++]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '%')
            {
                literal.Append('%');
                i += 2;
            }
            else
            {
                Flush();
                segments.Add(Operator(text, ref i));
                if (segments.Count > MaxSegments)
                    throw new LogFormatException($"the format has more than {MaxSegments} pieces");
            }
        }

        Flush();
        return segments;

        void Flush()
        {
            if (literal.Length > 0)
                segments.Add(new LogSegment(LogOperator.Literal, literal.ToString()));
            literal.Clear();
        }
    }

    private static LogSegment Operator(string text, ref int position)
    {
        var start = position++;
        var name = Name(text, ref position);
        if (!LogOperators.ByName.TryGetValue(name, out var known))
        {
            throw name.Length == 0
                ? Wrong(start, "\"%\" begins no operator; write %% for a percent sign")
                : Wrong(start, $"%{name}% is no operator that is known; there are {string.Join(", ", LogOperators.ByName.Keys.Order(StringComparer.Ordinal))}");
        }

        var argument = Argument(text, name, start, ref position);
        var length = Length(text, name, start, ref position);
        if (position >= text.Length || text[position] != '%')
            throw Wrong(start, $"%{name} has no end; write %{name}%");
        position++;
        return Make(known, name, argument, length, start);
    }

    private static string Name(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
            position++;
        return text[start..position];
    }

    private static string? Argument(string text, string name, int start, ref int position)
    {
        if (position >= text.Length || text[position] != '(')
            return null;
        var end = text.IndexOf(')', position);
        if (end < 0)
            throw Wrong(start, $"%{name}( has no closing parenthesis");
        var argument = text[(position + 1)..end];
        position = end + 1;
        return argument;
    }

    private static int Length(string text, string name, int start, ref int position)
    {
        if (position >= text.Length || text[position] != ':')
            return -1;
        var begin = ++position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
            position++;
        return int.TryParse(text.AsSpan(begin, position - begin), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0
            ? length
            : throw Wrong(start, $"%{name}: must be followed by a number of bytes above 0, as in %{name}:20%");
    }

    private static LogSegment Make(LogOperator known, string name, string? argument, int length, int start)
    {
        switch (known)
        {
            case LogOperator.Request or LogOperator.Response or LogOperator.Trailer:
                return Field(known, name, argument, length, start);
            case LogOperator.StartTime:
                if (TimeFormat.Check(argument ?? "") is { } problem)
                    throw Wrong(start, $"%START_TIME({argument})%: {problem}");
                return new LogSegment(known, argument ?? "", MaxLength: length);
            case LogOperator.DynamicMetadata:
                return argument is null
                    ? throw Wrong(start, "%DYNAMIC_METADATA% needs a namespace and keys, as in %DYNAMIC_METADATA(namespace:key)%")
                    : new LogSegment(known, argument, MaxLength: length);
            case LogOperator.GrpcStatus when argument is "NUMBER":
                return new LogSegment(LogOperator.GrpcStatusNumber, MaxLength: length);
            case LogOperator.GrpcStatus when argument is "CAMEL_STRING" or "SNAKE_STRING":
                return new LogSegment(known, argument == "SNAKE_STRING" ? argument : "", MaxLength: length);
            case LogOperator.ResponseFlags or LogOperator.RequestedServerName when argument is null or "":
                return new LogSegment(known, MaxLength: length);
            default:
                return argument is null
                    ? new LogSegment(known, MaxLength: length)
                    : throw Wrong(start, $"%{name}({argument})%: {name} takes no argument{(known == LogOperator.GrpcStatus ? " but NUMBER, CAMEL_STRING and SNAKE_STRING" : "")}");
        }
    }

    private static LogSegment Field(LogOperator known, string name, string? argument, int length, int start)
    {
        if (string.IsNullOrEmpty(argument))
            throw Wrong(start, $"%{name}% needs the name of a header, as in %{name}(X-NAME)%");
        var names = argument.Split('?');
        if (names.Length > 2)
            throw Wrong(start, $"%{name}({argument})% has more than one alternative");
        foreach (var one in names)
        {
            if (!IsName(one, known))
                throw Wrong(start, $"%{name}({argument})%: \"{one}\" is no name of a header{(known == LogOperator.Request ? ", nor one of :METHOD, :PATH, :AUTHORITY and :SCHEME" : "")}");
        }

        return new LogSegment(known, names[0].ToLowerInvariant(), names.Length > 1 ? names[1].ToLowerInvariant() : null, length);
    }

    private static bool IsName(string name, LogOperator known)
    {
        if (name.Length is 0 or > MaxNameLength)
            return false;
        if (name[0] == ':')
            return Array.Exists(known switch { LogOperator.Request => RequestPseudoFields, LogOperator.Response => ResponsePseudoFields, _ => [] }, one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        return name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
    }

    private static LogFormatException Wrong(int position, string message) => new($"{message} (at character {position + 1})");
}
