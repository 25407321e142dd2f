using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>Examples for clusters: Sluice's own kinds in them are right, and those of others are left to others.</summary>
public sealed class ClusterExampleTests
{
    /// <summary>What a cluster has and a folder of manifests has not.</summary>
    private static readonly string[] Awaited = ["is not an address of this machine"];

    [Theory]
    [InlineData("argo-cd", "Application")]
    [InlineData("aws-alb", "Ingress")]
    [InlineData("cert-manager", "ClusterIssuer")]
    [InlineData("external-dns", "ClusterRole", "ClusterRoleBinding", "Deployment", "ServiceAccount")]
    [InlineData("metallb", "IPAddressPool", "L2Advertisement")]
    [InlineData("prometheus-operator", "HorizontalPodAutoscaler", "PodMonitor", "ServiceMonitor")]
    [InlineData("velero", "Restore", "Schedule")]
    public async Task Check_FindsNothingButWhatAClusterBrings(string example, params string[] kindsOfOthers)
    {
        var result = await SluiceProcess.RunAsync("check", Path.Combine(Repository.Examples, example), "--output", "json");

        Assert.True(result.ExitCode == 0, result.Output);
        using var json = JsonDocument.Parse(result.Output);
        var findings = json.RootElement.EnumerateArray().Select(finding => (Severity: Text(finding, "severity"), Kind: Text(finding, "kind"), Message: Text(finding, "message"))).ToList();
        Assert.All(findings.Where(finding => finding.Severity != "info"), finding => Assert.True(finding.Severity == "warning" && Awaited.Any(finding.Message.Contains), $"{finding}"));
        Assert.Equal(kindsOfOthers, findings.Where(finding => finding.Message.StartsWith("skipped: ", StringComparison.Ordinal)).Select(finding => finding.Kind).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AwsAlb_HealthCheckOfALoadBalancer_IsAnsweredWhateverItsHost()
    {
        var port = FreePort.Next();
        using var folder = ManifestFolder.OfExample("aws-alb", ("port: 8080", $"port: {port}"));
        await using var sluice = await RunningSluice.StartAsync(folder.Path);

        Assert.Equal(200, (await sluice.GetAsync(port, "10.0.7.31:8080", "/healthz")).Status);
        Assert.Equal(404, (await sluice.GetAsync(port, "10.0.7.31:8080", "/")).Status);
        // No Prometheus runs here: the route is there, its backend is not.
        Assert.Equal(503, (await sluice.GetAsync(port, "dev-prometheus.nirmata.co", "/healthz")).Status);
    }

    private static string Text(JsonElement finding, string name) => finding.GetProperty(name).GetString()!;
}
