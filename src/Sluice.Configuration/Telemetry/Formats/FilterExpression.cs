using System.Globalization;
using Sluice.Configuration.Patterns;

namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>
/// Filters as people write them in one line: conditions such as status>=500 or duration>1s, joined by &amp;&amp; and ||, of which the
/// first binds closer. Values have no spaces around them and no &amp;&amp; or || inside.
/// </summary>
public static class FilterExpression
{
    private const string Known = "status, duration, grpc-status, flag, header:NAME, sample, not-health-check and traced";

    /// <exception cref="LogFormatException">It is none.</exception>
    public static AccessLogFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        AccessLogFilter[] alternatives = [.. text.Split("||").Select(all =>
        {
            AccessLogFilter[] conditions = [.. all.Split("&&").Select(one => Condition(one.Trim()))];
            return conditions.Length == 1 ? conditions[0] : new AndFilter(conditions);
        })];
        return alternatives.Length == 1 ? alternatives[0] : new OrFilter(alternatives);
    }

    private static AccessLogFilter Condition(string text)
    {
        switch (text)
        {
            case "not-health-check":
                return new NotHealthCheckFilter();
            case "traced":
                return new TraceableFilter();
            case "":
                throw new LogFormatException("a condition is missing");
        }

        var end = text.AsSpan().IndexOfAny("<>=!");
        var name = (end < 0 ? text : text[..end]).Trim();
        if (name.StartsWith("header:", StringComparison.Ordinal) && name.Length > 7)
            return Header(name[7..].ToLowerInvariant(), end < 0 ? "" : text[end..]);
        if (end < 0)
            throw new LogFormatException($"\"{text}\" is no condition; there are {Known}");
        var symbol = text[end..].StartsWith("<=", StringComparison.Ordinal) || text[end..].StartsWith(">=", StringComparison.Ordinal) || text[end..].StartsWith("!=", StringComparison.Ordinal) ? text.Substring(end, 2) : text.Substring(end, 1);
        var value = text[(end + symbol.Length)..].Trim();
        return name switch
        {
            "status" => Compare(symbol, Number(text, value, 0, 999), (comparison, bound) => new StatusCodeFilter(comparison, (int)bound)),
            "duration" => Compare(symbol, Milliseconds(text, value), (comparison, bound) => new DurationFilter(comparison, TimeSpan.FromMilliseconds(bound))),
            "grpc-status" when symbol is "=" or "!=" => new GrpcStatusFilter([.. value.Split(',').Select(one => GrpcStatusNames.TryRead(one.Trim(), out var status) ? status : throw new LogFormatException($"\"{text}\": \"{one}\" is no status of gRPC, such as 14 or UNAVAILABLE"))], symbol == "!="),
            "flag" when symbol == "=" => new ResponseFlagFilter(value == "any" ? ResponseFlags.None : value.Split(',').Select(one => Flag(text, one.Trim())).Aggregate((one, other) => one | other)),
            "sample" when symbol == "=" => Sample(text, value),
            "status" or "duration" or "grpc-status" or "flag" or "sample" => throw new LogFormatException($"\"{text}\": {name} cannot be compared by {symbol}"),
            _ => throw new LogFormatException($"\"{text}\" is no condition; there are {Known}"),
        };
    }

    /// <summary>A share in percent, with up to four decimals.</summary>
    /// <exception cref="LogFormatException">It is none.</exception>
    public static SampleFilter Sample(string condition, string percent)
    {
        ArgumentNullException.ThrowIfNull(percent);
        return decimal.TryParse(percent.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 100
            ? new SampleFilter((int)(share * 10_000), 1_000_000)
            : throw new LogFormatException($"\"{condition}\": \"{percent}\" is no share such as 10% or 0.5%");
    }

    private static AccessLogFilter Compare(string symbol, long value, Func<FilterComparison, long, AccessLogFilter> make) => symbol switch
    {
        "=" => make(FilterComparison.Equal, value),
        ">=" => make(FilterComparison.AtLeast, value),
        "<=" => make(FilterComparison.AtMost, value),
        ">" => make(FilterComparison.AtLeast, value + 1),
        "<" => make(FilterComparison.AtMost, value - 1),
        _ => new OrFilter([make(FilterComparison.AtMost, value - 1), make(FilterComparison.AtLeast, value + 1)]),
    };

    private static HeaderFilter Header(string name, string rest) => rest switch
    {
        "" => new HeaderFilter(new ValueMatch(name, ValueMatchType.RegularExpression, ".*")),
        ['=', '~', .. var pattern] => new HeaderFilter(new ValueMatch(name, ValueMatchType.RegularExpression, Checked(name, pattern))),
        ['=', .. var value] => new HeaderFilter(new ValueMatch(name, ValueMatchType.Exact, value)),
        _ => throw new LogFormatException($"\"header:{name}{rest}\" is no condition; write header:{name}, header:{name}=VALUE or header:{name}=~REGEX"),
    };

    private static string Checked(string name, string pattern)
    {
        try
        {
            RegularExpression.Parse(pattern);
            return pattern;
        }
        catch (PatternException error)
        {
            throw new LogFormatException($"header:{name}: the regular expression \"{pattern}\" cannot be used: {error.Message}");
        }
    }

    private static ResponseFlags Flag(string condition, string name) =>
        Enum.TryParse<ResponseFlags>(name, out var flag) && Enum.IsDefined(flag) && flag != ResponseFlags.None
            ? flag
            : throw new LogFormatException($"\"{condition}\": \"{name}\" is no response flag; there are {string.Join(", ", Enum.GetNames<ResponseFlags>().Skip(1))}, and any");

    private static long Number(string condition, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new LogFormatException($"\"{condition}\": \"{text}\" is no number from {least} to {most}");

    private static long Milliseconds(string condition, string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var factor = digits < 0 ? 0 : text[digits..] switch { "ms" => 1, "s" => 1000, "m" => 60_000, _ => 0 };
        return factor > 0 && int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (long)number * factor
            : throw new LogFormatException($"\"{condition}\": \"{text}\" is no time such as 500ms, 1s or 2m");
    }
}
