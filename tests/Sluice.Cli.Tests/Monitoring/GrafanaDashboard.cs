using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Cli.Tests.Monitoring;

/// <summary>What Grafana would ask for a dashboard, from its JSON.</summary>
internal sealed partial class GrafanaDashboard
{
    private GrafanaDashboard(IReadOnlyList<(string Name, string Query, string? All)> variables, IReadOnlyList<(string Panel, string Expression)> queries) =>
        (Variables, Queries) = (variables, queries);

    /// <summary>All is what stands for every value; null: a list of all of them does.</summary>
    public IReadOnlyList<(string Name, string Query, string? All)> Variables { get; }

    public IReadOnlyList<(string Panel, string Expression)> Queries { get; }

    public static GrafanaDashboard Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new GrafanaDashboard(
            [.. root.GetProperty("templating").GetProperty("list").EnumerateArray().Where(variable => Text(variable, "type") == "query").Select(variable => (Text(variable, "name")!, Query(variable.GetProperty("query")), Text(variable, "allValue")))],
            [.. Panels(root).SelectMany(panel => Targets(panel).Select(target => ($"{Text(panel, "title")}", Text(target, "expr")!)))]);
    }

    /// <summary>The selector and the label of label_values(…).</summary>
    public static (string Selector, string Label) LabelValues(string query)
    {
        var match = LabelValuesCall().Match(query);
        Assert.True(match.Success, $"{query} is not label_values(…)");
        return (match.Groups["selector"].Value, match.Groups["label"].Value);
    }

    /// <summary>Puts values in the place of variables, as Grafana does for regular expressions: one of them, or all.</summary>
    public static string Fill(string expression, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
            expression = expression.Replace($"${{{name}}}", value, StringComparison.Ordinal).Replace($"${name}", value, StringComparison.Ordinal);
        expression = expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal);
        Assert.False(Variable().IsMatch(expression), $"{expression} names a variable that the dashboard does not have");
        return expression;
    }

    private static IEnumerable<JsonElement> Panels(JsonElement parent) => parent.TryGetProperty("panels", out var panels)
        ? panels.EnumerateArray().SelectMany(panel => (IEnumerable<JsonElement>)[panel, .. Panels(panel)])
        : [];

    private static IEnumerable<JsonElement> Targets(JsonElement panel) => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [];

    private static string Query(JsonElement query) => query.ValueKind == JsonValueKind.String ? query.GetString()! : Text(query, "query")!;

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) ? text.GetString() : null;

    [GeneratedRegex(@"^label_values\((?<selector>.+), *(?<label>\w+)\)$")]
    private static partial Regex LabelValuesCall();

    [GeneratedRegex(@"\$(?!\d)[\w{]")]
    private static partial Regex Variable();
}
