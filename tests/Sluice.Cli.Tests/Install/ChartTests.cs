using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Install;

/// <summary>The chart, rendered by Helm, is what <c>sluice install</c> prints.</summary>
public sealed partial class ChartTests
{
    private static readonly string Chart = Path.Combine(Repository.Root, "deploy/chart/sluice");

    [Theory]
    [InlineData("--set createNamespace=true")]
    [InlineData("--set replicas=3,createNamespace=true", "--replicas", "3")]
    [InlineData("--set replicas=1,createNamespace=true", "--replicas", "1")]
    [InlineData("--set image.repository=registry.example.com:5000/edge/sluice,image.tag=1.2.3,createNamespace=true", "--image", "registry.example.com:5000/edge/sluice:1.2.3")]
    [InlineData("--namespace edge --set createNamespace=true", "--namespace", "edge")]
    [InlineData("--set infrastructure=host,createNamespace=true", "--infrastructure", "host")]
    [InlineData("--set infrastructure=host,addressPool=192.0.2.0/28,createNamespace=true", "--infrastructure", "host", "--address-pool", "192.0.2.0/28")]
    [InlineData("--set 'networkPolicy.apiServerPorts={8443,16443},createNamespace=true'", "--api-server-port", "8443", "--api-server-port", "16443")]
    [InlineData("--set gatewayClass.create=false,createNamespace=true", "--no-gateway-class")]
    [InlineData("--set crds.install=false,createNamespace=true", "--no-crds")]
    [InlineData("--set exporter.enabled=true,createNamespace=true", "--exporter", "with")]
    [InlineData("--set infrastructure=host,exporter.enabled=true,exporter.kuadrant=true,exporter.serviceMonitor=true,createNamespace=true", "--infrastructure", "host", "--exporter", "with", "--kuadrant", "--service-monitor")]
    [InlineData("--set monitoring.podMonitors=true,createNamespace=true", "--pod-monitors")]
    [InlineData("--set infrastructure=host,monitoring.podMonitors=true,createNamespace=true", "--infrastructure", "host", "--pod-monitors")]
    public async Task Template_IsWhatInstallPrints(string values, params string[] options)
    {
        var printed = await InstalledAsync(options);

        var rendered = await RenderAsync(values);

        Assert.Equal(printed.Keys, rendered.Keys);
        Assert.All(printed, manifest => Assert.Equal(Text(manifest.Value), Text(rendered[manifest.Key])));
    }

    [Fact]
    public async Task Template_ByDefault_LeavesTheNamespaceToHelm()
    {
        var printed = await InstalledAsync();

        var rendered = await RenderAsync("");

        Assert.Equal(["Namespace /sluice-system"], printed.Keys.Except(rendered.Keys));
        Assert.Empty(rendered.Keys.Except(printed.Keys));
    }

    [Theory]
    [InlineData("monitoring.alerts=true", "alerts", "--format", "prometheusrule", "--namespace", "sluice-system")]
    [InlineData("monitoring.dashboards=true", "dashboards", "--format", "configmap", "--namespace", "sluice-system")]
    public async Task Template_Monitoring_IsWhatTheCommandPrints(string value, params string[] command)
    {
        var without = await RenderAsync("");
        var result = await SluiceProcess.RunAsync(command);
        // Lines of a process come without the last one's end.
        var printed = YamlObjects.Read(result.Output + "\n");

        var rendered = await RenderAsync($"--set {value}");

        Assert.Equal(printed.Keys, rendered.Keys.Except(without.Keys));
        Assert.All(printed, manifest => Assert.Equal(Text(manifest.Value), Text(rendered[manifest.Key])));
    }

    [Fact]
    public async Task Template_MonitoringLabels_ReachMonitorsAndRules()
    {
        var rendered = await RenderAsync("--set monitoring.podMonitors=true,monitoring.alerts=true,monitoring.labels.release=prometheus,exporter.enabled=true,exporter.serviceMonitor=true");

        var labelled = rendered.Where(manifest => (string?)manifest.Value["metadata"]!["labels"]?["release"] == "prometheus").Select(manifest => manifest.Key.Split(' ')[0]);
        Assert.Equal(["PodMonitor", "PodMonitor", "PrometheusRule", "ServiceMonitor"], labelled);
    }

    [Fact]
    public async Task Template_SchedulingValues_ReachThePods()
    {
        var rendered = await RenderAsync("--set image.pullSecrets[0].name=registry,image.pullPolicy=Always,nodeSelector.pool=edge,tolerations[0].key=dedicated,resources.limits.memory=1Gi");

        var pod = rendered["Deployment sluice-system/sluice-controller"]["spec"]!["template"]!["spec"]!;
        Assert.Equal("registry", pod["imagePullSecrets"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("edge", pod["nodeSelector"]!["pool"]!.GetValue<string>());
        Assert.Equal("dedicated", pod["tolerations"]![0]!["key"]!.GetValue<string>());
        Assert.Equal("Always", pod["containers"]![0]!["imagePullPolicy"]!.GetValue<string>());
        Assert.Equal("1Gi", pod["containers"]![0]!["resources"]!["limits"]!["memory"]!.GetValue<string>());
    }

    /// <summary>SLUICE_UPDATE_CASES=1 writes them anew.</summary>
    [Fact]
    public async Task Definitions_AreWhatCrdsPrints()
    {
        var folder = Path.Combine(Chart, "files/crds");
        var printed = (await SluiceProcess.RunAsync("crds")).Output.Split("---\n", StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(text => Path.Combine(folder, $"{YamlObjects.Read(text).Single().Value["metadata"]!["name"]}.yaml"), text => text.TrimEnd() + "\n");

        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_CASES") == "1")
        {
            foreach (var (file, text) in printed)
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(printed.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal));
        foreach (var (file, text) in printed)
            Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Definitions_StayWhenTheReleaseIsRemoved()
    {
        var rendered = await RenderAsync("");

        Assert.All(rendered.Where(manifest => manifest.Key.StartsWith("CustomResourceDefinition ", StringComparison.Ordinal)), definition =>
            Assert.Equal("keep", definition.Value["metadata"]!["annotations"]!["helm.sh/resource-policy"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("infrastructure=vm", "infrastructure")]
    [InlineData("replicas=0", "replicas")]
    [InlineData("replicas=two", "replicas")]
    [InlineData("image.repositry=x", "repositry")]
    [InlineData("addressPool=192.0.2.0/28", "addressPool")]
    [InlineData("infrastructure=host,addressPool=many", "addressPool")]
    [InlineData("image.pullPolicy=Sometimes", "pullPolicy")]
    public async Task Template_WrongValue_IsRefusedByName(string values, string name)
    {
        var result = await HelmPackage.RunAsync($"template sluice '{Chart}' --set {values}");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_FindsNothing()
    {
        var result = await HelmPackage.RunAsync($"lint --strict '{Chart}'");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task Version_IsTheProjects()
    {
        var properties = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Directory.Build.props"), TestContext.Current.CancellationToken);
        var chart = await File.ReadAllTextAsync(Path.Combine(Chart, "Chart.yaml"), TestContext.Current.CancellationToken);
        var version = VersionPrefix().Match(properties).Groups["version"].Value;

        Assert.Contains($"\nversion: {version}\n", chart, StringComparison.Ordinal);
        Assert.Contains($"\nappVersion: \"{version}\"\n", chart, StringComparison.Ordinal);
    }

    private static async Task<SortedDictionary<string, JsonObject>> InstalledAsync(params string[] options)
    {
        var result = await SluiceProcess.RunAsync(["install", .. options]);
        Assert.True(result.ExitCode == 0, result.Error);
        return YamlObjects.Read(result.Output);
    }

    private static async Task<SortedDictionary<string, JsonObject>> RenderAsync(string values)
    {
        var result = await HelmPackage.RunAsync($"template sluice '{Chart}' --namespace sluice-system {values}");
        Assert.True(result.ExitCode == 0, result.Error);
        return YamlObjects.Read(result.Output);
    }

    /// <summary>With the fields of objects in one order, and without what only Helm looks at.</summary>
    private static string Text(JsonNode? value)
    {
        if (value!["metadata"]!["annotations"] is JsonObject annotations && annotations.Remove("helm.sh/resource-policy") && annotations.Count == 0)
            value["metadata"]!.AsObject().Remove("annotations");
        return Sorted(value)?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";
    }

    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => value?.DeepClone(),
    };

    [GeneratedRegex("<VersionPrefix>(?<version>[^<]+)<")]
    private static partial Regex VersionPrefix();
}
