using System.Text.Json.Nodes;
using Sluice.Exporter.Monitoring.Alerts;
using Sluice.Exporter.Monitoring.Dashboards;
using Sluice.Exporter.Tests.Support;
using Sluice.Resources.Writing;

namespace Sluice.Exporter.Tests.Monitoring;

/// <summary>What lies in deploy/ is what the code makes. SLUICE_UPDATE_CASES=1 writes it anew.</summary>
public sealed class GeneratedFilesTests
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    [Fact]
    public void Dashboards_AreWhatTheCodeMakes() =>
        AssertFolder("dashboards", "*.json", SluiceDashboards.All.ToDictionary(dashboard => $"{dashboard.Name}.json", dashboard => dashboard.ToJson()));

    [Fact]
    public void Alerts_AreWhatTheCodeMakes() => AssertFolder("alerts", "*.yaml", new Dictionary<string, string>
    {
        ["prometheusrule.yaml"] = Yaml(AlertManifests.PrometheusRule(null, null)),
        ["rules.yaml"] = Yaml(AlertManifests.Rules(null)),
    });

    private static void AssertFolder(string name, string pattern, Dictionary<string, string> expected)
    {
        var folder = Path.Combine(Deploy, name);
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_CASES") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (file, text) in expected)
                File.WriteAllText(Path.Combine(folder, file), text);
        }

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder, pattern).Select(file => Path.GetFileName(file)!).Where(file => file != "kustomization.yaml").Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(folder, file.Key))));
    }

    private static string Yaml(JsonObject value)
    {
        using var text = new StringWriter();
        YamlText.Write(text, [value]);
        return text.ToString();
    }
}
