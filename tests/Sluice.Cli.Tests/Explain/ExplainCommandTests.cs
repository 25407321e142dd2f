using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Explain;

public sealed class ExplainCommandTests
{
    private static readonly string Quickstart = Path.Combine(Repository.Examples, "quickstart");

    [Fact]
    public async Task Explain_NotFound_SaysWhatCameClosestAndWhatDidNotMatch()
    {
        var result = await SluiceProcess.RunAsync("explain", "http://127.0.0.1:8080/x", "-H", "Host: shop.example.org", "-f", Quickstart);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("404", result.Output, StringComparison.Ordinal);
        Assert.Contains("*.example.com", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_HeaderMatch_NamesTheWinnerAndItsBackends()
    {
        var result = await SluiceProcess.RunAsync("explain", "http://127.0.0.1:8080/cart", "-H", "Host: shop.example.com", "-H", "X-Preview: yes", "-f", Quickstart, "--output", "json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("cart-preview", json.RootElement.GetProperty("winner").GetProperty("ruleName").GetString());
        Assert.Equal("Forwarded", json.RootElement.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("ftp://x/", "http, https")]
    [InlineData("http://", "host")]
    public async Task Explain_BadUrl_IsWrongUsage(string url, string part)
    {
        var result = await SluiceProcess.RunAsync("explain", url, "-f", Quickstart);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_BadHeader_IsWrongUsage()
    {
        var result = await SluiceProcess.RunAsync("explain", "http://x/", "-H", "nocolon", "-f", Quickstart);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'Name: value'", result.Error, StringComparison.Ordinal);
    }
}
