using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Check;

public sealed class CheckCommandTests
{
    private static readonly string Mistakes = Path.Combine(Repository.Examples, "mistakes");

    [Theory]
    [InlineData("homelab-gateway.yaml:14:13: error: Gateway nginx-gateway/jarrett-net: spec.listeners[0].port: ")]
    [InlineData("blog.yaml:10:7: warning: HTTPRoute blog/blog: spec.parentRefs[0]: ")]
    [InlineData("blog.yaml:11:3: warning: HTTPRoute blog/blog: spec.hostname: ")]
    [InlineData("error: HTTPRoute blog/comments: spec.rules[0].matches[0].method: ")]
    [InlineData("error: HTTPRoute blog/comments: spec.rules[0].backendRefs[0].weight: ")]
    [InlineData("shop.yaml:14:7: warning: HTTPRoute shop/shop: spec.hostnames[1]: ")]
    [InlineData("shop.yaml:22:11: error: HTTPRoute shop/shop: spec.rules[0].backendRefs[0]: ")]
    [InlineData("shop.yaml:30:11: error: HTTPRoute shop/shop: spec.rules[1].backendRefs[0]: no ReferenceGrant")]
    [InlineData("shop.yaml:42:7: warning: HTTPRoute shop/shop: spec.rules[3].matches: ")]
    [InlineData("shop.yaml:50:7: warning: HTTPRoute shop/shop: spec.rules[4].backendRefs: ")]
    [InlineData("shop.yaml:55: warning: Service shop/search: ")]
    public async Task Check_Mistakes_AreListedWithFileLineAndField(string expected)
    {
        var result = await SluiceProcess.RunAsync("check", Mistakes);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AsJson_HasTheSameFindings()
    {
        var text = await SluiceProcess.RunAsync("check", Mistakes);
        var result = await SluiceProcess.RunAsync("check", Mistakes, "--output", "json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(text.Output.Split('\n').Length - 1, json.RootElement.GetArrayLength());
        Assert.All(json.RootElement.EnumerateArray(), finding => Assert.Contains(finding.GetProperty("severity").GetString(), new[] { "error", "warning", "info" }));
    }

    [Theory]
    [InlineData("quickstart")]
    [InlineData("prometheus-grafana")]
    [InlineData("homelab")]
    [InlineData("flex")]
    public async Task Check_Example_HasNeitherErrorNorWarning(string example)
    {
        var result = await SluiceProcess.RunAsync("check", Path.Combine(Repository.Examples, example));

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(": 0 errors, 0 warnings", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PathThatDoesNotExist_ExitsWith1()
    {
        var result = await SluiceProcess.RunAsync("check", "/nowhere/to/be/found");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/nowhere/to/be/found", result.Error, StringComparison.Ordinal);
    }
}
