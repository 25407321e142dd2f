using System.CommandLine;
using System.Text.Json.Nodes;
using Sluice.Cli.Options;
using Sluice.Exporter.Monitoring.Dashboards;
using Sluice.Resources.Writing;

namespace Sluice.Cli.Monitoring;

/// <summary><c>sluice dashboards</c>: the dashboards for Grafana.</summary>
internal static class DashboardsCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.ZeroOrMore, Description = $"Which dashboards: {string.Join(", ", SluiceDashboards.All.Select(dashboard => dashboard.Name))}. Default: all." };
        names.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => SluiceDashboards.Find(token.Value) is null))
                result.AddError($"\"{token.Value}\" is none of the dashboards: {string.Join(", ", SluiceDashboards.All.Select(dashboard => dashboard.Name))}.");
        });
        var format = ParsedOption.Create<DashboardFormat>("--format", "json|configmap|grafana-operator", "json for Grafana itself (default), ConfigMaps for the side-car of its chart, or GrafanaDashboards for its operator.", "json, configmap or grafana-operator", TryParse);
        var folder = new Option<string?>("--output-directory") { HelpName = "DIR", Description = "Write a file for each dashboard there; the folder is made when it does not exist. Default: standard output." };
        var @namespace = MonitoringOptions.Namespace();
        var command = new Command("dashboards", "Print or write the Grafana dashboards for the metrics of the exporter and of Sluice.") { names, format, folder, @namespace };
        command.Validators.Add(result =>
        {
            var isJson = result.GetResult(format)?.Tokens is not [{ Value: not "json" }];
            if (isJson && result.GetResult(@namespace) is not null)
                result.AddError("--namespace goes with --format configmap or grafana-operator: a dashboard alone is no Kubernetes object.");
            if (isJson && result.GetResult(folder) is null && result.GetResult(names)?.Tokens.Count != 1)
                result.AddError("--format json has one document for each dashboard: name one dashboard, or a folder with --output-directory.");
        });
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(names) is { Length: > 0 } given ? [.. given.Distinct(StringComparer.Ordinal).Select(name => SluiceDashboards.Find(name)!)] : SluiceDashboards.All;
            if (parsed.GetValue(folder) is { } directory)
                return WriteFiles(chosen, parsed.GetValue(format), parsed.GetValue(@namespace), directory);
            foreach (var dashboard in chosen)
                Console.Out.Write(Text(dashboard, parsed.GetValue(format), parsed.GetValue(@namespace)));
            return ExitCode.Success;
        });
        return command;
    }

    private static int WriteFiles(IReadOnlyList<Dashboard> dashboards, DashboardFormat format, string? @namespace, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var dashboard in dashboards)
            {
                var file = Path.Combine(folder, $"{dashboard.Name}.{(format == DashboardFormat.Json ? "json" : "yaml")}");
                File.WriteAllText(file, Text(dashboard, format, @namespace));
                Console.WriteLine(file);
            }

            return ExitCode.Success;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the dashboards cannot be written to {folder}: {error.Message}");
        }
    }

    private static string Text(Dashboard dashboard, DashboardFormat format, string? @namespace) => format switch
    {
        DashboardFormat.ConfigMap => Yaml(DashboardManifests.ConfigMap(dashboard, @namespace)),
        DashboardFormat.GrafanaOperator => Yaml(DashboardManifests.GrafanaDashboard(dashboard, @namespace)),
        _ => dashboard.ToJson(),
    };

    private static string Yaml(JsonObject manifest)
    {
        using var text = new StringWriter();
        YamlText.Write(text, [manifest]);
        return text.ToString();
    }

    private static bool TryParse(string text, out DashboardFormat format)
    {
        format = text switch { "configmap" => DashboardFormat.ConfigMap, "grafana-operator" => DashboardFormat.GrafanaOperator, _ => DashboardFormat.Json };
        return text is "json" or "configmap" or "grafana-operator";
    }
}
