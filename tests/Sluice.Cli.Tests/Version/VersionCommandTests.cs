using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Version;

public sealed class VersionCommandTests
{
    [Fact]
    public async Task Version_Text_NamesVersionAndRuntime()
    {
        var result = await SluiceProcess.RunAsync("version");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("sluice 0.", result.Output, StringComparison.Ordinal);
        Assert.Contains(".NET 10", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_Json_IsReadable()
    {
        var result = await SluiceProcess.RunAsync("version", "--output", "json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.StartsWith("0.", json.RootElement.GetProperty("version").GetString(), StringComparison.Ordinal);
    }
}
