using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Required command")]
    [InlineData("no-such-command", "no-such-command")]
    [InlineData("version --output yaml", "--output is 'yaml'; it must be text or json.")]
    [InlineData("echo --port 70000", "--port is '70000'; it must be a port from 0 to 65535.")]
    [InlineData("echo --address here", "--address is 'here'; it must be an IP address")]
    [InlineData("echo --redirect login", "--redirect is 'login'; it must be PATH=TARGET")]
    public async Task Run_WrongUsage_ExitsWith2AndSaysWhy(string arguments, string expected)
    {
        var result = await SluiceProcess.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
