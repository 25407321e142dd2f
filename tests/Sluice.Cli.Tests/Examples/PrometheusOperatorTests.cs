using System.Text.Json.Nodes;
using Sluice.Cli.Tests.Install;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>examples/prometheus-operator names what is there to be named.</summary>
public sealed class PrometheusOperatorTests
{
    private static readonly SortedDictionary<string, JsonObject> Objects =
        YamlObjects.Read(string.Join("\n---\n", Directory.EnumerateFiles(Path.Combine(Repository.Examples, "prometheus-operator"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)));

    [Theory]
    [InlineData("ServiceMonitor sluice-system/sluice-exporter", "endpoints")]
    [InlineData("PodMonitor sluice-system/sluice-controller", "podMetricsEndpoints")]
    [InlineData("PodMonitor sluice-system/sluice-proxies", "podMetricsEndpoints")]
    public async Task Monitors_AreWhatInstallPrints(string monitor, string endpoints)
    {
        var installed = YamlObjects.Read((await SluiceProcess.RunAsync("install", "--exporter", "with", "--service-monitor", "--pod-monitors")).Output);
        var (printed, written) = (installed[monitor]["spec"]!, Objects[monitor]["spec"]!.DeepClone());
        // How often, and what is the default anyway, is said for people.
        Assert.True(written[endpoints]![0]!.AsObject().Remove("interval"));
        written[endpoints]![0]!.AsObject().Remove("path");

        Assert.True(JsonNode.DeepEquals(printed, written), printed.ToJsonString());
    }

    [Fact]
    public async Task PodMonitor_FindsTheControllers()
    {
        var installed = YamlObjects.Read((await SluiceProcess.RunAsync("install")).Output);
        var template = installed["Deployment sluice-system/sluice-controller"]["spec"]!["template"]!;

        AssertFinds("PodMonitor sluice-system/sluice-controller", template);
    }

    /// <summary>By the labels that proxies have and no parameter changes, and the port at which they answer.</summary>
    [Fact]
    public void PodMonitor_FindsTheProxies() => AssertFinds(
        "PodMonitor sluice-system/sluice-proxies",
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app.kubernetes.io/name"] = "sluice-proxy" } },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["name"] = "probes" }) }) },
        });

    [Fact]
    public void Autoscaler_ScalesTheGatewaysDeployment_ByWhatProxiesCount()
    {
        var spec = Objects["HorizontalPodAutoscaler default/web-sluice"]["spec"]!;
        var gateway = Objects["Gateway default/web"];

        Assert.Equal($"{gateway["metadata"]!["name"]}-{gateway["spec"]!["gatewayClassName"]}", (string?)spec["scaleTargetRef"]!["name"]);
        var metric = Assert.Single(spec["metrics"]!.AsArray(), metric => (string?)metric!["type"] == "Pods")!["pods"]!["metric"]!["name"]!.GetValue<string>();
        Assert.Contains($"seriesQuery: {metric}{{", File.ReadAllText(Path.Combine(Repository.Examples, "prometheus-operator", "README.md")), StringComparison.Ordinal);
    }

    private static void AssertFinds(string monitor, JsonNode template)
    {
        var spec = Objects[monitor]["spec"]!;
        var labels = template["metadata"]!["labels"]!;
        Assert.All(spec["selector"]!["matchLabels"]!.AsObject(), label => Assert.Equal((string?)label.Value, (string?)labels[label.Key]));
        var port = (string?)spec["podMetricsEndpoints"]![0]!["port"];
        Assert.Contains(template["spec"]!["containers"]![0]!["ports"]!.AsArray(), named => (string?)named!["name"] == port);
    }
}
