using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Telemetry.Formats;
using Contract = Sluice.Configuration.Policies.HeaderModifiersPolicy;
using Rules = Sluice.Configuration.Policies.HeaderRules;
using Source = Sluice.Resources.Policies.Traffic.HeaderSource;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// TrafficPolicy.spec.headerModifiers. An edit that cannot be made is left out and reported; a field that was to be set is then removed, so
/// that nobody else speaks in its place.
/// </summary>
internal static class HeaderModifiersCompiler
{
    public static Contract? Compile(Resources.Policies.Traffic.HeaderModifiersPolicy spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.FilterStage is { Stage: not "Route" })
            surroundings.Problem($"{field}.filterStage", "fields are changed right before the request goes on; leave this out");
        return new Contract
        {
            Request = Compile(spec.Request, surroundings, $"{field}.request"),
            Response = Compile(spec.Response, surroundings, $"{field}.response"),
        };
    }

    private static Rules? Compile(Resources.Policies.Traffic.HeaderRules? rules, IPolicySurroundings surroundings, string field)
    {
        if (rules is null)
            return null;
        var removed = new List<string>();
        foreach (var name in rules.Remove)
        {
            if (IsAllowed(name, surroundings, $"{field}.remove"))
                removed.Add(name);
        }
        return new Rules
        {
            Set = Sources(rules.Set, removed, surroundings, $"{field}.set"),
            Add = Sources(rules.Add, null, surroundings, $"{field}.add"),
            Remove = removed,
        };
    }

    private static List<HeaderSource> Sources(IReadOnlyList<Source> sources, List<string>? unset, IPolicySurroundings surroundings, string field)
    {
        var compiled = new List<HeaderSource>();
        for (var i = 0; i < sources.Count; i++)
        {
            var before = compiled.Count;
            Add(compiled, sources[i], surroundings, $"{field}[{i}]");
            if (compiled.Count == before && sources[i].Name is { } name && !ReservedFields.Contains(name) && IsToken(name))
                unset?.Add(name);
        }
        if (compiled.Count <= Rules.MaxFields)
            return compiled;
        surroundings.Problem(field, $"has {compiled.Count} fields; at most {Rules.MaxFields} are allowed, and the others are left out");
        compiled.RemoveRange(Rules.MaxFields, compiled.Count - Rules.MaxFields);
        return compiled;
    }

    private static void Add(List<HeaderSource> compiled, Source source, IPolicySurroundings surroundings, string field)
    {
        if (source.Value is null == source.SecretRef is null)
            surroundings.Problem(field, "must have exactly one of value and secretRef");
        else if (source.SecretRef is not null)
            AddSecret(compiled, source, surroundings, $"{field}.secretRef");
        else if (source.Name is null)
            surroundings.Problem($"{field}.name", "must be given with a value");
        else if (IsAllowed(source.Name, surroundings, $"{field}.name") && IsFormat(source.Value!, surroundings, $"{field}.value"))
            compiled.Add(new HeaderSource { Name = source.Name, Format = source.Value });
    }

    private static void AddSecret(List<HeaderSource> compiled, Source source, IPolicySurroundings surroundings, string field)
    {
        var reference = source.SecretRef!;
        if (surroundings.Secret(reference.Name, reference.Namespace, field) is not { } secret)
            return;
        if (source.Name is null && reference.Key is null)
        {
            foreach (var (name, octets) in secret.Data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                Add(compiled, name, name, octets, surroundings, field);
            return;
        }
        var key = reference.Key ?? source.Name!;
        if (secret.Data.TryGetValue(key, out var value))
            Add(compiled, source.Name ?? key, key, value, surroundings, field);
        else
            surroundings.Problem(field, $"Secret \"{secret.Key}\" has no key \"{key}\"");
    }

    private static void Add(List<HeaderSource> compiled, string name, string key, byte[] octets, IPolicySurroundings surroundings, string field)
    {
        // Files that Secrets are made of often end with a line feed.
        var text = Encoding.UTF8.GetString(octets).TrimEnd('\r', '\n');
        if (!IsAllowed(name, surroundings, field))
            return;
        if (IsValue(text))
            compiled.Add(new HeaderSource { Name = name, Secret = new SecretText(text) });
        else
            surroundings.Problem(field, $"the value of the key \"{key}\" has characters that no field may have, such as line feeds");
    }

    private static bool IsFormat(string value, IPolicySurroundings surroundings, string field)
    {
        try
        {
            HeaderFormat.Parse(value);
        }
        catch (LogFormatException exception)
        {
            surroundings.Problem(field, exception.Message);
            return false;
        }
        if (IsValue(value))
            return true;
        surroundings.Problem(field, "has characters that no field may have, such as line feeds");
        return false;
    }

    private static bool IsAllowed(string name, IPolicySurroundings surroundings, string field)
    {
        if (!IsToken(name))
            surroundings.Problem(field, $"\"{name}\" is no name of a field");
        else if (ReservedFields.Contains(name))
            surroundings.Problem(field, $"{name} is written by the proxy itself and cannot be changed{(name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? "; to change the host use a filter URLRewrite with a hostname, or autoHostRewrite" : "")}");
        else
            return true;
        return false;
    }

    // RFC 9110 5.6.2, 5.5.
    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsValue(string text) => text.All(c => c >= ' ' ? c != '\x7f' : c == '\t');
}
