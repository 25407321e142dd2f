using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources.Reading;

namespace Sluice.Controller.RateLimits;

/// <summary>
/// Reads limits in the format of Envoy's reference implementation: each document has a domain and its tree of descriptors. What is not
/// known, or has no effect here, is an error: nothing is passed over.
/// </summary>
public static class LimitConfigurationReader
{
    /// <summary>Descriptors within each other.</summary>
    public const int MaxDepth = 16;

    /// <summary>Descriptors of all files together.</summary>
    public const int MaxDescriptors = 100_000;

    /// <param name="files">Paths and contents, YAML or JSON.</param>
    /// <exception cref="LimitConfigurationException">All problems, one in each line.</exception>
    public static LimitConfiguration Read(IEnumerable<(string Path, byte[] Content)> files)
    {
        var domains = new Dictionary<string, LimitNode>(StringComparer.Ordinal);
        var problems = new List<string>();
        var count = 0;
        foreach (var (path, content) in files)
        {
            try
            {
                foreach (var (document, line) in ManifestJson.Read(path, content))
                {
                    var reading = new Reading();
                    ReadDocument(document, domains, reading, ref count);
                    AddProblems(problems, reading, path, content, line);
                }
            }
            catch (ManifestJsonException error)
            {
                problems.Add($"{path}:{error.Line}: {error.Message}");
            }
        }
        if (domains.Count == 0 && problems.Count == 0)
            problems.Add("there is no domain in the configuration: a document with \"domain\" and \"descriptors\" is needed");
        return problems.Count == 0 ? new LimitConfiguration(domains) : throw new LimitConfigurationException(string.Join('\n', problems));
    }

    private static void AddProblems(List<string> problems, Reading reading, string path, byte[] content, int line)
    {
        if (reading.Problems.Count == 0)
            return;
        var places = new FieldLocator(path, content, reading.Problems.Select(problem => (line, problem.Field)));
        foreach (var (field, message) in reading.Problems)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{places.Find(line, field)?.Line ?? line}: {field}: {message}"));
    }

    private static void ReadDocument(JsonObject document, Dictionary<string, LimitNode> domains, Reading reading, ref int count)
    {
        reading.Known(document, "", "domain", "descriptors");
        if (reading.Text(document, "", "domain") is not { Length: > 0 } domain)
        {
            reading.Problem("domain", "a name is needed");
            return;
        }
        var root = new LimitNode();
        if (!domains.TryAdd(domain, root))
        {
            reading.Problem("domain", $"\"{domain}\" is there already; a domain stands in one document");
            return;
        }
        ReadDescriptors(document, "", root, 1, reading, ref count);
    }

    private static void ReadDescriptors(JsonObject parent, string path, LimitNode node, int depth, Reading reading, ref int count)
    {
        var field = Join(path, "descriptors");
        if (parent["descriptors"] is not { } value)
            return;
        if (value is not JsonArray list)
        {
            reading.Problem(field, "must be a list");
            return;
        }
        if (depth > MaxDepth)
        {
            reading.Problem(field, $"there are more than {MaxDepth} descriptors within each other");
            return;
        }
        for (var i = 0; i < list.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]");
            if (++count > MaxDescriptors)
            {
                reading.Problem(place, $"there are more than {MaxDescriptors} descriptors");
                return;
            }
            if (list[i] is JsonObject descriptor)
                ReadDescriptor(descriptor, place, node, depth, reading, ref count);
            else
                reading.Problem(place, "must be a mapping with key");
        }
    }

    private static void ReadDescriptor(JsonObject descriptor, string place, LimitNode parent, int depth, Reading reading, ref int count)
    {
        reading.Known(descriptor, place, "key", "value", "rate_limit", "shadow_mode", "descriptors");
        if (reading.Text(descriptor, place, "key") is not { Length: > 0 } key)
        {
            reading.Problem(Join(place, "key"), "a key is needed");
            return;
        }
        var value = reading.Text(descriptor, place, "value") is { Length: > 0 } text ? text : null;
        var isShadow = reading.Flag(descriptor, place, "shadow_mode");
        var node = new LimitNode { Rule = ReadRule(descriptor, place, isShadow, reading) };
        if (isShadow && node.Rule is null)
            reading.Problem(Join(place, "shadow_mode"), "there is no rate_limit beside it that it could be for");
        if (!parent.TryAdd(key, value, node))
            reading.Problem(Join(place, "key"), value is null ? $"\"{key}\" without value is there already" : $"\"{key}\" with value \"{value}\" is there already");
        ReadDescriptors(descriptor, place, node, depth + 1, reading, ref count);
    }

    private static LimitRule? ReadRule(JsonObject descriptor, string place, bool isShadow, Reading reading)
    {
        var field = Join(place, "rate_limit");
        if (descriptor["rate_limit"] is not { } value)
            return null;
        if (value is not JsonObject limit)
        {
            reading.Problem(field, "must be a mapping with unit and requests_per_unit");
            return null;
        }
        reading.Known(limit, field, "unit", "requests_per_unit", "unlimited", "name", "replaces");
        var isUnlimited = reading.Flag(limit, field, "unlimited");
        var unit = Unit(reading.Text(limit, field, "unit"));
        var requests = limit["requests_per_unit"] is JsonValue number && number.TryGetValue(out long given) ? given : -1;
        if (isUnlimited && (limit["unit"] is not null || limit["requests_per_unit"] is not null))
            reading.Problem(Join(field, "unlimited"), "there is a limit beside it: remove one of both");
        else if (!isUnlimited && unit is null)
            reading.Problem(Join(field, "unit"), "must be second, minute, hour, day, week, month or year");
        else if (!isUnlimited && requests is < 0 or > uint.MaxValue)
            reading.Problem(Join(field, "requests_per_unit"), $"must be a whole number from 0 to {uint.MaxValue}");
        return new LimitRule
        {
            RequestsPerUnit = requests,
            Unit = unit ?? LimitUnit.Second,
            IsUnlimited = isUnlimited,
            Name = reading.Text(limit, field, "name") ?? "",
            Replaces = ReadReplaces(limit, field, reading),
            IsShadow = isShadow,
        };
    }

    private static List<string> ReadReplaces(JsonObject limit, string place, Reading reading)
    {
        var names = new List<string>();
        var field = Join(place, "replaces");
        if (limit["replaces"] is not { } value)
            return names;
        if (value is not JsonArray list)
        {
            reading.Problem(field, "must be a list of mappings with name");
            return names;
        }
        for (var i = 0; i < list.Count; i++)
        {
            var item = string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]");
            if (list[i] is JsonObject entry && reading.Text(entry, item, "name") is { Length: > 0 } name)
            {
                reading.Known(entry, item, "name");
                names.Add(name);
            }
            else
            {
                reading.Problem(item, "must be a mapping with the name of a limit");
            }
        }
        return names;
    }

    private static LimitUnit? Unit(string? text) => text?.ToLowerInvariant() switch
    {
        "second" => LimitUnit.Second,
        "minute" => LimitUnit.Minute,
        "hour" => LimitUnit.Hour,
        "day" => LimitUnit.Day,
        "week" => LimitUnit.Week,
        "month" => LimitUnit.Month,
        "year" => LimitUnit.Year,
        _ => null,
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Reads members of one document, and collects what is wrong with them.</summary>
    private sealed class Reading
    {
        public List<(string Field, string Message)> Problems { get; } = [];

        public void Problem(string field, string message) => Problems.Add((field, message));

        public void Known(JsonObject parent, string path, params ReadOnlySpan<string> names)
        {
            foreach (var (name, _) in parent)
            {
                if (!names.Contains(name))
                    Problem(Join(path, name), $"is not known here; known are {string.Join(", ", names)}");
            }
        }

        /// <summary>A scalar as text: numbers and flags are what they are written as.</summary>
        public string? Text(JsonObject parent, string path, string name)
        {
            switch (parent[name])
            {
                case null:
                    return null;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                    return value.GetValue<string>();
                case JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    return value.ToJsonString();
                default:
                    Problem(Join(path, name), "must be a text");
                    return null;
            }
        }

        public bool Flag(JsonObject parent, string path, string name)
        {
            switch (parent[name])
            {
                case null:
                    return false;
                case JsonValue value when value.TryGetValue(out bool flag):
                    return flag;
                default:
                    Problem(Join(path, name), "must be true or false");
                    return false;
            }
        }
    }
}
