using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Tests.Kubectl;
using Sluice.Cli.Tests.Install;
using Sluice.Cli.Tests.Support;
using Sluice.Exporter.Monitoring.Dashboards;

namespace Sluice.Cli.Tests.Monitoring;

public sealed class DashboardsCommandTests
{
    [Fact]
    public async Task Dashboards_OfOneName_IsItsJson()
    {
        var result = await SluiceProcess.RunAsync("dashboards", "gateways");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("sluice-gateways", (string?)JsonNode.Parse(result.Output)!["uid"]);
    }

    [Theory]
    [InlineData("configmap", "ConfigMap")]
    [InlineData("grafana-operator", "GrafanaDashboard")]
    public async Task Dashboards_AsKubernetesObjects_AreOneEach(string format, string kind)
    {
        var result = await SluiceProcess.RunAsync("dashboards", "--format", format, "--namespace", "monitoring");

        var objects = YamlObjects.Read(result.Output + "\n");
        Assert.Equal(SluiceDashboards.All.Select(dashboard => $"{kind} monitoring/{dashboard.Uid}").Order(StringComparer.Ordinal), objects.Keys);
        var json = kind == "ConfigMap" ? objects[$"{kind} monitoring/sluice-policies"]["data"]!["sluice-policies.json"] : objects[$"{kind} monitoring/sluice-policies"]["spec"]!["json"];
        Assert.Equal(SluiceDashboards.Find("policies")!.ToJson(), (string?)json);
    }

    [Fact]
    public async Task Dashboards_IntoAFolder_AreAFileEach()
    {
        using var folder = new ManifestFolder();
        var target = folder["new/dashboards"];

        var result = await SluiceProcess.RunAsync("dashboards", "--output-directory", target);
        var one = await SluiceProcess.RunAsync("dashboards", "--output-directory", target, "--format", "configmap", "policies");

        Assert.Equal(SluiceDashboards.All.Select(dashboard => Path.Combine(target, $"{dashboard.Name}.json")), result.Output.TrimEnd().Split('\n'));
        Assert.Equal(Path.Combine(target, "policies.yaml"), one.Output.TrimEnd());
        Assert.Equal(SluiceDashboards.All.Count + 1, Directory.EnumerateFiles(target).Count());
    }

    [Theory]
    [InlineData("name one dashboard")]
    [InlineData("name one dashboard", "gateways", "policies")]
    [InlineData("\"gateway\" is none of the dashboards", "gateway")]
    [InlineData("--format is 'yaml'", "--format", "yaml")]
    [InlineData("--namespace goes with", "gateways", "--namespace", "monitoring")]
    [InlineData("--namespace is 'No'", "--format", "configmap", "--namespace", "No")]
    public async Task Dashboards_WrongUse_IsRefused(string message, params string[] arguments)
    {
        var result = await SluiceProcess.RunAsync(["dashboards", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboards_IntoAFile_IsAnError()
    {
        using var folder = new ManifestFolder();
        folder.Write("file", "");

        var result = await SluiceProcess.RunAsync("dashboards", "--output-directory", folder["file"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"the dashboards cannot be written to {folder["file"]}", result.Error, StringComparison.Ordinal);
    }

    /// <summary>deploy/dashboards, built by Kustomize, is what the command prints.</summary>
    [Fact]
    public async Task Kustomization_MakesTheSameConfigMaps()
    {
        var built = await Tool.ShellAsync($"'{KubectlProgram.Path}' kustomize '{Path.Combine(Repository.Root, "deploy/dashboards")}'");
        var printed = await SluiceProcess.RunAsync("dashboards", "--format", "configmap");

        Assert.True(built.ExitCode == 0, built.Error);
        // Lines of a process come without the last one's end.
        Assert.Equal(Sorted(YamlObjects.Read(printed.Output + "\n")), Sorted(YamlObjects.Read(built.Output)));
    }

    private static IEnumerable<string> Sorted(IEnumerable<KeyValuePair<string, JsonObject>> objects) => objects.Select(each => $"{each.Key} {Sorted(each.Value)!.ToJsonString(JsonSerializerOptions.Default)}");

    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        _ => value?.DeepClone(),
    };
}
