using System.Text.Json.Nodes;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Kubernetes objects that bring dashboards to a Grafana in a cluster.</summary>
public static class DashboardManifests
{
    private const string Folder = "Sluice";

    /// <summary>For the side-car of Grafana's chart, which takes ConfigMaps with the label grafana_dashboard.</summary>
    /// <param name="dashboard">What it holds.</param>
    /// <param name="namespace">Null: of whoever applies it.</param>
    public static JsonObject ConfigMap(Dashboard dashboard, string? @namespace)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        var metadata = Metadata(dashboard, @namespace);
        metadata["labels"]!["grafana_dashboard"] = "1";
        metadata["annotations"] = new JsonObject { ["grafana_folder"] = Folder };
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = metadata,
            ["data"] = new JsonObject { [$"{dashboard.Uid}.json"] = dashboard.ToJson() },
        };
    }

    /// <summary>For the Grafana operator. The label by which it finds its Grafana is the one of the operator's own examples.</summary>
    /// <param name="dashboard">What it holds.</param>
    /// <param name="namespace">Null: of whoever applies it.</param>
    public static JsonObject GrafanaDashboard(Dashboard dashboard, string? @namespace)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        return new JsonObject
        {
            ["apiVersion"] = "grafana.integreatly.org/v1beta1",
            ["kind"] = "GrafanaDashboard",
            ["metadata"] = Metadata(dashboard, @namespace),
            ["spec"] = new JsonObject
            {
                ["allowCrossNamespaceImport"] = true,
                ["folder"] = Folder,
                ["instanceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["dashboards"] = "grafana" } },
                ["json"] = dashboard.ToJson(),
            },
        };
    }

    private static JsonObject Metadata(Dashboard dashboard, string? @namespace)
    {
        var metadata = new JsonObject { ["name"] = dashboard.Uid };
        if (@namespace is not null)
            metadata["namespace"] = @namespace;
        metadata["labels"] = new JsonObject { ["app.kubernetes.io/name"] = "sluice", ["app.kubernetes.io/component"] = "monitoring" };
        return metadata;
    }
}
