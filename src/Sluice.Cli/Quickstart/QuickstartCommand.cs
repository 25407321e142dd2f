using System.CommandLine;

namespace Sluice.Cli.Quickstart;

/// <summary><c>sluice quickstart</c>: the first example with its demo backends, and what to try.</summary>
internal static class QuickstartCommand
{
    public static Command Create()
    {
        var command = new Command("quickstart", "Serve the first example with its demo backends, and print what to try.");
        command.SetAction((_, cancellation) => QuickstartRunner.RunAsync(cancellation));
        return command;
    }
}
