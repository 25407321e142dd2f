using System.CommandLine;
using Sluice.Cli.Options;
using Sluice.Exporter.Monitoring.Alerts;
using Sluice.Resources.Writing;

namespace Sluice.Cli.Monitoring;

/// <summary><c>sluice alerts</c>: alert rules for Prometheus.</summary>
internal static class AlertsCommand
{
    public static Command Create()
    {
        var format = ParsedOption.Create<AlertFormat>("--format", "rules|prometheusrule", "rules: a file for rule_files of Prometheus (default); prometheusrule: an object for its operator.", "rules or prometheusrule", TryParseFormat);
        var runbooks = ParsedOption.Create<string?>("--runbook-url", "URL", "Give each alert a runbook_url: this, with the alert's name in lower case appended. Default: none.", "an absolute http or https URL", TryParseUrl);
        var @namespace = MonitoringOptions.Namespace();
        var command = new Command("alerts", "Print the alert rules for the metrics of the exporter and of Sluice.") { format, runbooks, @namespace };
        command.Validators.Add(result =>
        {
            if (result.GetResult(format)?.Tokens is not [{ Value: "prometheusrule" }] && result.GetResult(@namespace) is not null)
                result.AddError("--namespace goes with --format prometheusrule: a rule file is no Kubernetes object.");
        });
        command.SetAction(parsed => YamlText.Write(Console.Out, [parsed.GetValue(format) == AlertFormat.PrometheusRule
            ? AlertManifests.PrometheusRule(parsed.GetValue(@namespace), parsed.GetValue(runbooks))
            : AlertManifests.Rules(parsed.GetValue(runbooks))]));
        return command;
    }

    private static bool TryParseFormat(string text, out AlertFormat format)
    {
        format = text == "prometheusrule" ? AlertFormat.PrometheusRule : AlertFormat.Rules;
        return text is "rules" or "prometheusrule";
    }

    private static bool TryParseUrl(string text, out string? url)
    {
        url = text;
        return Uri.TryCreate(text, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https";
    }
}
