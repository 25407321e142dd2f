using System.Text.Json.Nodes;

namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>Rule files of Prometheus, and the object that its operator reads.</summary>
public static class AlertManifests
{
    private const string Name = "sluice-alerts";

    /// <summary>What <c>rule_files</c> of Prometheus takes.</summary>
    /// <param name="runbooks">What the name of an alert, in lower case, is appended to for the annotation runbook_url; null for none.</param>
    public static JsonObject Rules(string? runbooks) => new()
    {
        ["groups"] = new JsonArray([.. SluiceAlerts.All.Select(group => new JsonObject
        {
            ["name"] = group.Name,
            ["rules"] = new JsonArray([.. group.Rules.Select(rule => Rule(rule, runbooks))]),
        })]),
    };

    /// <param name="namespace">Null: of whoever applies it.</param>
    /// <param name="runbooks">As for <see cref="Rules"/>.</param>
    public static JsonObject PrometheusRule(string? @namespace, string? runbooks)
    {
        var metadata = new JsonObject { ["name"] = Name };
        if (@namespace is not null)
            metadata["namespace"] = @namespace;
        metadata["labels"] = new JsonObject { ["app.kubernetes.io/name"] = "sluice", ["app.kubernetes.io/component"] = "monitoring" };
        return new JsonObject
        {
            ["apiVersion"] = "monitoring.coreos.com/v1",
            ["kind"] = "PrometheusRule",
            ["metadata"] = metadata,
            ["spec"] = Rules(runbooks),
        };
    }

    private static JsonObject Rule(AlertRule rule, string? runbooks)
    {
        var result = new JsonObject { ["alert"] = rule.Name, ["expr"] = rule.Expression };
        if (rule.ForMinutes > 0)
            result["for"] = $"{rule.ForMinutes}m";
        result["labels"] = new JsonObject { ["severity"] = rule.Severity.ToString().ToLowerInvariant() };
        var annotations = new JsonObject { ["summary"] = rule.Summary, ["description"] = rule.Description };
        if (runbooks is not null)
            annotations["runbook_url"] = runbooks + rule.Name.ToLowerInvariant();
        result["annotations"] = annotations;
        return result;
    }
}
