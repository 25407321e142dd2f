using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.Options;
using Sluice.Cli.Output;

namespace Sluice.Cli.Version;

/// <summary><c>sluice version</c>: what this build is and what it runs on.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var output = OutputOption.Create();
        var command = new Command("version", "Show the version, the commit when known, and the runtime.") { output };
        command.SetAction(parsed => Run(parsed.GetValue(output), Console.Out));
        return command;
    }

    private static int Run(OutputFormat format, TextWriter writer)
    {
        var build = BuildInfo.Current;
        if (format == OutputFormat.Json)
        {
            writer.WriteLine(JsonSerializer.Serialize(build, VersionJsonContext.Default.BuildInfo));
            return ExitCode.Success;
        }
        writer.WriteLine($"sluice {build.Version}{(build.Commit is null ? "" : $" (commit {build.Commit})")}");
        writer.WriteLine($"{build.Runtime} on {build.Platform}");
        return ExitCode.Success;
    }
}
