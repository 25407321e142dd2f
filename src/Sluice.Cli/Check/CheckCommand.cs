using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.Options;
using Sluice.Cli.Output;
using Sluice.Controller.Checks;
using Sluice.Controller.Offline;
using Sluice.Controller.Reports;

namespace Sluice.Cli.Check;

/// <summary><c>sluice check</c>: lists every mistake in manifests; exit code 1 when there is an error.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders with manifests; folders are read recursively.", Arity = ArgumentArity.ZeroOrMore };
        var cluster = new ClusterAccessOptions();
        var manifests = new ManifestOptions();
        var output = OutputOption.Create();
        var command = new Command("check", "Validate and lint manifests, or the objects of a cluster, without serving them.") { paths, output };
        cluster.AddTo(command);
        manifests.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasPaths = result.GetValue(paths) is { Length: > 0 };
            if (hasPaths && cluster.IsGiven(result))
                result.AddError("a cluster (--kubeconfig, --context) is checked by itself, without PATH.");
            else if (!hasPaths && !cluster.IsGiven(result))
                result.AddError("name files or folders with manifests, or a cluster with --kubeconfig.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var isCluster = cluster.IsGiven(parsed);
            var loaded = isCluster
                ? await Manifests.LoadAsync(cluster.Load(parsed), manifests.ControllerNames(parsed), cancellation)
                : Manifests.Load(manifests.Read(parsed, parsed.GetValue(paths)!));
            return Run(loaded, isCluster ? "" : $"{Count.Of(loaded.Update.FileCount, "file")}, ", parsed.GetValue(output), Terminal.Output);
        });
        return command;
    }

    private static int Run(OfflineManifests manifests, string origin, OutputFormat format, Terminal terminal)
    {
        var findings = ManifestCheck.Run(manifests);
        if (format == OutputFormat.Json)
            terminal.WriteLine(JsonSerializer.Serialize(findings, ReportJson.Default.IReadOnlyListDiagnosticReport));
        else
            Write(findings, manifests, origin, terminal);
        return findings.Any(finding => finding.Severity == "error") ? ExitCode.InvalidInput : ExitCode.Success;
    }

    private static void Write(IReadOnlyList<DiagnosticReport> findings, OfflineManifests manifests, string origin, Terminal terminal)
    {
        foreach (var finding in findings)
        {
            var text = finding.ToString();
            var severity = text.IndexOf($"{finding.Severity}: ", StringComparison.Ordinal);
            var style = finding.Severity switch
            {
                "error" => Style.Red,
                "warning" => Style.Yellow,
                _ => Style.Faint,
            };
            terminal.WriteLine($"{text[..severity]}{terminal.Paint(finding.Severity, style)}{text[(severity + finding.Severity.Length)..]}");
        }
        var snapshot = manifests.Snapshot;
        terminal.WriteLine(
            $"{origin}{Count.Of(snapshot.Gateways.Count, "Gateway")}, {Count.Of(snapshot.Routes.Count(), "route")}: "
            + $"{Count.Of(findings.Count(finding => finding.Severity == "error"), "error")}, {Count.Of(findings.Count(finding => finding.Severity == "warning"), "warning")}");
    }
}
