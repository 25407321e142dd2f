using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.Options;
using Sluice.Cli.Output;
using Sluice.Controller.Reports;

namespace Sluice.Cli.Status;

/// <summary><c>sluice status</c>: Gateways, listeners and routes with their conditions.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var source = new SourceOptions();
        var output = OutputOption.Create();
        var command = new Command("status", "Show Gateways, listeners and routes with their conditions.") { output };
        source.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(source, parsed, parsed.GetValue(output), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SourceOptions source, ParseResult parsed, OutputFormat format, CancellationToken cancellation)
    {
        var report = await source.LoadAsync(parsed, cancellation) is { } manifests
            ? manifests.ToReport()
            : Parse(await AdminClient.GetAsync(source.Admin(parsed), "/status", cancellation));
        if (format == OutputFormat.Json)
            Terminal.Output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.StatusReport));
        else
            StatusText.Write(report, Terminal.Output);
        return ExitCode.Success;
    }

    private static StatusReport Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReportJson.Default.StatusReport) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"what answers there is no Sluice admin endpoint of this version: {error.Message}");
        }
    }
}
