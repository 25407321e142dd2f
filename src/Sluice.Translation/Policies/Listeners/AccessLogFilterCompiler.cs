using System.Text.Json;
using Sluice.Configuration;
using Sluice.Configuration.Patterns;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Spec = Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Conditions of access logs and local replies. One that cannot be used is reported, and makes the whole filter null.</summary>
internal static class AccessLogFilterCompiler
{
    public static AccessLogFilter? Compile(Spec.AccessLogFilter filter, IPolicySurroundings surroundings, string field)
    {
        var found = new List<AccessLogFilter?>();
        if (filter.AndFilter.Count > 0)
            found.Add(Group(filter.AndFilter, surroundings, $"{field}.andFilter", 2, all => new AndFilter(all)));
        if (filter.OrFilter.Count > 0)
            found.Add(Group(filter.OrFilter, surroundings, $"{field}.orFilter", 2, any => new OrFilter(any)));
        if (filter.StatusCodeFilter is { } status)
            found.Add(Comparison(status.Op, status.Value, surroundings, $"{field}.statusCodeFilter", isDuration: false));
        if (filter.DurationFilter is { } duration)
            found.Add(Comparison(duration.Op, duration.Value, surroundings, $"{field}.durationFilter", isDuration: true));
        if (filter.NotHealthCheckFilter)
            found.Add(new NotHealthCheckFilter());
        if (filter.TraceableFilter)
            found.Add(new TraceableFilter());
        Add("headerFilter", filter.HeaderFilter);
        Add("responseFlagFilter", filter.ResponseFlagFilter);
        Add("grpcStatusFilter", filter.GrpcStatusFilter);
        Add("celFilter", filter.CelFilter);
        Add("runtimeFilter", filter.RuntimeFilter);
        if (found.Count == 1)
            return found[0];
        surroundings.Problem(field, $"has {found.Count} conditions; it must have exactly one, which may be andFilter or orFilter");
        return null;

        void Add(string name, JsonElement? element)
        {
            if (element is { } given)
                found.Add(Leaf(name, given, surroundings, $"{field}.{name}"));
        }
    }

    private static AccessLogFilter? Group(
        IReadOnlyList<JsonElement> items, IPolicySurroundings surroundings, string field, int depth, Func<IReadOnlyList<AccessLogFilter>, AccessLogFilter> join)
    {
        var filters = new List<AccessLogFilter>();
        for (var i = 0; i < items.Count; i++)
        {
            if (Item(items[i], surroundings, $"{field}[{i}]", depth) is not { } filter)
                return null;
            filters.Add(filter);
        }
        return join(filters);
    }

    private static AccessLogFilter? Item(JsonElement item, IPolicySurroundings surroundings, string field, int depth)
    {
        if (depth > AccessLogFilter.MaxDepth)
            return Wrong(surroundings, field, $"filters stand more than {AccessLogFilter.MaxDepth} deep in each other");
        if (item.ValueKind != JsonValueKind.Object || item.EnumerateObject().Count() != 1)
            return Wrong(surroundings, field, "must be an object with exactly one condition");
        var member = item.EnumerateObject().First();
        var place = $"{field}.{member.Name}";
        return member.Name switch
        {
            "andFilter" when member.Value.ValueKind == JsonValueKind.Array => Group([.. member.Value.EnumerateArray()], surroundings, place, depth + 1, all => new AndFilter(all)),
            "orFilter" when member.Value.ValueKind == JsonValueKind.Array => Group([.. member.Value.EnumerateArray()], surroundings, place, depth + 1, any => new OrFilter(any)),
            "statusCodeFilter" => Comparison(Text(member.Value, "op"), Number(member.Value, "value"), surroundings, place, isDuration: false),
            "durationFilter" => Comparison(Text(member.Value, "op"), Number(member.Value, "value"), surroundings, place, isDuration: true),
            "notHealthCheckFilter" when member.Value.ValueKind == JsonValueKind.True => new NotHealthCheckFilter(),
            "traceableFilter" when member.Value.ValueKind == JsonValueKind.True => new TraceableFilter(),
            _ => Leaf(member.Name, member.Value, surroundings, place),
        };
    }

    private static AccessLogFilter? Leaf(string name, JsonElement element, IPolicySurroundings surroundings, string field)
    {
        switch (name)
        {
            case "headerFilter":
                return Header(element, surroundings, field);
            case "responseFlagFilter":
                var flags = ResponseFlags.None;
                foreach (var flag in Items(element, "flags").Select(flag => flag.ToString()))
                {
                    if (!Enum.TryParse<ResponseFlags>(flag, out var known) || !Enum.IsDefined(known) || known == ResponseFlags.None)
                        return Wrong(surroundings, $"{field}.flags", $"\"{flag}\" is no response flag that occurs here; there are {string.Join(", ", Enum.GetNames<ResponseFlags>().Skip(1))}");
                    flags |= known;
                }
                return new ResponseFlagFilter(flags);
            case "grpcStatusFilter":
                return GrpcStatuses(element, surroundings, field);
            case "runtimeFilter":
                return Share(element, surroundings, field);
            case "celFilter":
                return Wrong(surroundings, field, "a CEL expression cannot be evaluated here; use the other kinds of filters");
            default:
                return Wrong(surroundings, field, "is no condition that is known");
        }
    }

    private static AccessLogFilter? Comparison(string? op, int? value, IPolicySurroundings surroundings, string field, bool isDuration)
    {
        FilterComparison? comparison = op switch { "EQ" => FilterComparison.Equal, "GE" => FilterComparison.AtLeast, "LE" => FilterComparison.AtMost, _ => null };
        if (comparison is null || value is not (>= 0 and var bound))
            return Wrong(surroundings, field, "must have op, one of EQ, GE and LE, and value, a whole number");
        return isDuration ? new DurationFilter(comparison.Value, TimeSpan.FromMilliseconds(bound)) : new StatusCodeFilter(comparison.Value, bound);
    }

    private static AccessLogFilter? Header(JsonElement element, IPolicySurroundings surroundings, string field)
    {
        var header = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("header", out var inner) ? inner : element;
        var type = Text(header, "type") ?? "Exact";
        if (Text(header, "name") is not { Length: > 0 } name || Text(header, "value") is not { } value || type is not ("Exact" or "RegularExpression"))
            return Wrong(surroundings, $"{field}.header", "must have name, value and a type of Exact or RegularExpression");
        if (type == "Exact")
            return new HeaderFilter(new ValueMatch(name.ToLowerInvariant(), ValueMatchType.Exact, value));
        try
        {
            RegularExpression.Parse(value);
            return new HeaderFilter(new ValueMatch(name.ToLowerInvariant(), ValueMatchType.RegularExpression, value));
        }
        catch (PatternException error)
        {
            return Wrong(surroundings, $"{field}.header.value", $"the regular expression \"{value}\" cannot be used: {error.Message}");
        }
    }

    private static AccessLogFilter? GrpcStatuses(JsonElement element, IPolicySurroundings surroundings, string field)
    {
        var statuses = new List<int>();
        foreach (var status in Items(element, "statuses"))
        {
            var text = status.ValueKind == JsonValueKind.Number ? status.GetRawText() : status.GetString() ?? "";
            if (!GrpcStatusNames.TryRead(text, out var number))
                return Wrong(surroundings, $"{field}.statuses", $"\"{text}\" is no status of gRPC, such as UNAVAILABLE");
            statuses.Add(number);
        }
        return new GrpcStatusFilter(statuses, element.TryGetProperty("exclude", out var exclude) && exclude.ValueKind == JsonValueKind.True);
    }

    private static AccessLogFilter? Share(JsonElement element, IPolicySurroundings surroundings, string field)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("percentSampled", out var share) || Number(share, "numerator") is not (>= 0 and var numerator))
            return Wrong(surroundings, field, "has no percentSampled with a numerator; what its runtimeKey names is not known here");
        var denominator = Text(share, "denominator") switch { null or "HUNDRED" => 100, "TEN_THOUSAND" => 10_000, "MILLION" => 1_000_000, _ => 0 };
        return denominator > 0 && numerator <= denominator
            ? new SampleFilter(numerator, denominator, element.TryGetProperty("useIndependentRandomness", out var independent) && independent.ValueKind == JsonValueKind.True)
            : Wrong(surroundings, $"{field}.percentSampled", "must be a share of HUNDRED, TEN_THOUSAND or MILLION");
    }

    private static AccessLogFilter? Wrong(IPolicySurroundings surroundings, string field, string message)
    {
        surroundings.Problem(field, message);
        return null;
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
