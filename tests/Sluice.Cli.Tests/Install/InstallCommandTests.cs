using System.Text.Json.Nodes;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Install;

public sealed class InstallCommandTests
{
    [Fact]
    public async Task Install_Json_IsOneListOfWhatTheYamlHolds()
    {
        var yaml = await SluiceProcess.RunAsync("install");
        var json = await SluiceProcess.RunAsync("install", "--output", "json");

        var list = JsonNode.Parse(json.Output)!;
        Assert.Equal("List", list["kind"]!.GetValue<string>());
        var items = list["items"]!.AsArray();
        var documents = YamlObjects.Read(yaml.Output);
        Assert.Equal(documents.Count, items.Count);
        Assert.All(items, item => Assert.True(JsonNode.DeepEquals(item, documents[$"{item!["kind"]} {item["metadata"]!["namespace"]}/{item["metadata"]!["name"]}"])));
    }

    [Fact]
    public async Task Install_PrintsTheNamespaceFirstAndTheClassLast()
    {
        var result = await SluiceProcess.RunAsync("install");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("---\napiVersion: v1\nkind: Namespace\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("controllerName: sluice.dev/gateway-controller", result.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--infrastructure", "host", "--address-pool", "192.0.2.0/28")]
    public async Task Install_Arguments_AreThoseOfTheController(params string[] options)
    {
        var installed = YamlObjects.Read((await SluiceProcess.RunAsync(["install", .. options])).Output);
        var pod = installed["Deployment sluice-system/sluice-controller"]["spec"]!["template"]!["spec"]!;
        var arguments = pod["containers"]![0]!["args"]!.AsArray().Select(argument => argument!.GetValue<string>());

        var result = await SluiceProcess.RunAsync([.. arguments, "--kubeconfig", "/nowhere/config"]);

        // The usage is right: it gets as far as the kubeconfig.
        Assert.True(result.ExitCode == 1, result.Error);
        Assert.Contains("/nowhere/config", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--kuadrant")]
    public async Task Install_ArgumentsOfTheExporter_AreItsOwn(params string[] options)
    {
        var installed = YamlObjects.Read((await SluiceProcess.RunAsync(["install", "--exporter", "only", .. options])).Output);
        var pod = installed["Deployment sluice-system/sluice-exporter"]["spec"]!["template"]!["spec"]!;
        var arguments = pod["containers"]![0]!["args"]!.AsArray().Select(argument => argument!.GetValue<string>());

        var result = await SluiceProcess.RunAsync([.. arguments, "--kubeconfig", "/nowhere/config"]);

        Assert.True(result.ExitCode == 1, result.Error);
        Assert.Contains("/nowhere/config", result.Error, StringComparison.Ordinal);
    }

    /// <summary>SLUICE_UPDATE_CASES=1 writes it anew.</summary>
    [Fact]
    public async Task Exporter_ForKubectl_IsWhatInstallPrints()
    {
        var file = Path.Combine(Repository.Root, "deploy", "exporter", "exporter.yaml");
        var printed = (await SluiceProcess.RunAsync("install", "--exporter", "only", "--service-monitor")).Output;

        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_CASES") == "1")
            await File.WriteAllTextAsync(file, printed, TestContext.Current.CancellationToken);

        Assert.Equal(printed, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Install_GatewayClass_IsWhatCheckTakesForOurs()
    {
        var result = await SluiceProcess.RunAsync("install");
        using var folder = new ManifestFolder();
        folder.Write("sluice.yaml", result.Output);

        var check = await SluiceProcess.RunAsync("check", folder.Path);

        Assert.True(check.ExitCode == 0, check.Output);
        Assert.DoesNotContain("warning", check.Output.Replace("0 warnings", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
