using System.CommandLine;
using Sluice.Cli.Api;
using Sluice.Cli.Check;
using Sluice.Cli.Controller;
using Sluice.Cli.Crds;
using Sluice.Cli.Echo;
using Sluice.Cli.Explain;
using Sluice.Cli.Exporter;
using Sluice.Cli.Install;
using Sluice.Cli.Monitoring;
using Sluice.Cli.Proxy;
using Sluice.Cli.Quickstart;
using Sluice.Cli.RateLimit;
using Sluice.Cli.Run;
using Sluice.Cli.Status;
using Sluice.Cli.Top;
using Sluice.Cli.Version;

namespace Sluice.Cli;

/// <summary>The root command: parses the arguments, runs one command and turns its outcome into an exit code.</summary>
internal static class SluiceCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"sluice: {error.Message}");
            await Console.Error.WriteLineAsync($"Try 'sluice {CommandPath(parsed)}--help'.");
            return ExitCode.InvalidUsage;
        }
        try
        {
            // Commands that serve handle SIGINT and SIGTERM themselves; the others may simply be ended by them.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync($"sluice: {error.Message}");
            return error.ExitCode;
        }
    }

    private static RootCommand Create() => new("Sluice: a Kubernetes Gateway API implementation that also runs without a cluster.")
    {
        RunCommand.Create(),
        ControllerCommand.Create(),
        ProxyCommand.Create(),
        CheckCommand.Create(),
        StatusCommand.Create(),
        TopCommand.Create(),
        ExplainCommand.Create(),
        ExporterCommand.Create(),
        RateLimitCommand.Create(),
        InstallCommand.Create(),
        DashboardsCommand.Create(),
        AlertsCommand.Create(),
        QuickstartCommand.Create(),
        ApiCommand.Create(),
        EchoCommand.Create(),
        CrdsCommand.Create(),
        VersionCommand.Create(),
    };

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
