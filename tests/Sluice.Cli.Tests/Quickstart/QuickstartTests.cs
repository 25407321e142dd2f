using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Quickstart;

public sealed class QuickstartTests
{
    [Fact]
    public async Task Quickstart_PrintedLines_AnswerAsPrinted()
    {
        using var elsewhere = new ManifestFolder();
        await using var quickstart = SluiceProcess.StartIn(elsewhere.Path, "quickstart");
        await quickstart.WaitForLineAsync("Ctrl-C stops everything");

        var steps = Steps(quickstart.Output);

        Assert.True(steps.Count >= 6, quickstart.Output);
        foreach (var (command, expected) in steps)
        {
            var result = await Tool.ShellAsync(command);
            Assert.Equal($"{command}\n{expected}", $"{command}\n{result.Output.TrimEnd('\n')}");
        }
    }

    [Fact]
    public async Task Quickstart_Interrupted_StopsEverythingAndLeavesNothing()
    {
        await using var quickstart = SluiceProcess.Start("quickstart");
        var line = await quickstart.WaitForLineAsync("Ctrl-C stops everything");
        var folder = line.Split(' ').Single(word => word.Contains("sluice-quickstart-", StringComparison.Ordinal)).TrimEnd(':');
        Assert.True(Directory.Exists(folder));

        quickstart.Interrupt();

        Assert.Equal(0, (await quickstart.WaitForExitAsync()).ExitCode);
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>Each line that begins with curl, and the lines up to the next empty one.</summary>
    private static List<(string Command, string Expected)> Steps(string output)
    {
        var lines = output.Split('\n');
        var steps = new List<(string, string)>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("curl ", StringComparison.Ordinal))
                steps.Add((lines[i], string.Join('\n', lines.Skip(i + 1).TakeWhile(line => line.Length > 0))));
        }
        return steps;
    }
}
