using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Crds;

public sealed class CrdsCommandTests
{
    [Fact]
    public async Task Crds_Yaml_HoldsTheKindsThatAreServed()
    {
        var result = await SluiceProcess.RunAsync("crds");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.StartsWith("---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  name: directresponses.gateway.kgateway.dev\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  name: gatewayparameters.gateway.kgateway.dev\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  name: trafficpolicies.gateway.kgateway.dev\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("name: gateways.gateway.networking.k8s.io\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crds_Json_IsAListForPrograms()
    {
        var result = await SluiceProcess.RunAsync("crds", "--output", "json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("List", json.RootElement.GetProperty("kind").GetString());
        var groups = json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("spec").GetProperty("group").GetString()).ToArray();
        Assert.Equal(13, groups.Length);
        Assert.Equal(["gateway.kgateway.dev", "gateway.envoyproxy.io", "gateway.solo.io"], groups.Distinct());
    }

    [Fact]
    public async Task Crds_OtherOutput_IsRefused()
    {
        var result = await SluiceProcess.RunAsync("crds", "--output", "text");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("must be yaml or json", result.Error, StringComparison.Ordinal);
    }
}
