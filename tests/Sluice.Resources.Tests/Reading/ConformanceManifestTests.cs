using System.Text;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

/// <summary>The manifests of the Gateway API's conformance suite, and those in the seeds.</summary>
public class ConformanceManifestTests
{
    [Fact]
    public void Read_ConformanceManifests_FindsNothingWrong()
    {
        var folder = SharedFolder.Require("conformance");
        var reader = new ManifestReader();
        var objects = 0;
        foreach (var path in Manifests(folder))
        {
            // The suite fills these in before it applies the manifests.
            var text = File.ReadAllText(path)
                .Replace("PLACEHOLDER_USABLE_ADDRS", "192.0.2.1", StringComparison.Ordinal)
                .Replace("PLACEHOLDER_UNUSABLE_ADDRS", "192.0.2.2", StringComparison.Ordinal)
                .Replace("{GATEWAY_CONTROLLER_NAME}", "sluice.dev/gateway-controller", StringComparison.Ordinal);
            var file = reader.Read(path, Encoding.UTF8.GetBytes(text));

            Assert.DoesNotContain(file.Diagnostics, finding => finding.Severity != ManifestSeverity.Info);
            objects += file.Objects.Count;
        }

        Assert.True(objects > 250, $"only {objects} objects");
    }

    [Fact]
    public void Read_Seeds_LoadWhereTheyAreValid()
    {
        var findings = new List<ManifestDiagnostic>();
        var objects = new List<KubernetesObject>();
        foreach (var path in Directory.EnumerateFiles(SharedFolder.Require("seeds"), "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var block in Blocks(File.ReadAllText(path)))
            {
                var file = new ManifestReader().Read("seed.yaml", Encoding.UTF8.GetBytes(block));
                findings.AddRange(file.Diagnostics.Where(finding => finding.Severity != ManifestSeverity.Info));
                objects.AddRange(file.Objects);
            }
        }

        Assert.Contains(objects, value => value is HttpRoute { Metadata.Name: "whoami-tls-route" });
        Assert.Contains(objects, value => value is Gateway { Metadata.Name: "flex-gateway" });
        Assert.Contains(objects, value => value is HttpRoute { Metadata.Name: "prometheus-gateway-route" });
        Assert.Contains(findings, finding => finding.ToString() ==
            "seed.yaml:13:13: error: Gateway nginx-gateway/jarrett-net: spec.listeners[0].port: must be a whole number from 1 to 65535, found \"443nginx-kubernetes-gateway\"");
    }

    private static IEnumerable<string> Manifests(string folder) =>
        ((string[])["base", "tests", "mesh"]).SelectMany(name => Directory.EnumerateFiles(Path.Combine(folder, name), "*.yaml", SearchOption.AllDirectories));

    /// <summary>The fenced blocks that hold a manifest.</summary>
    private static IEnumerable<string> Blocks(string text)
    {
        var parts = text.Split("```");
        for (var i = 1; i < parts.Length; i += 2)
        {
            var block = parts[i][(parts[i].IndexOf('\n', StringComparison.Ordinal) + 1)..];
            if (block.StartsWith("apiVersion: gateway.networking.k8s.io/", StringComparison.Ordinal))
                yield return block;
        }
    }
}
