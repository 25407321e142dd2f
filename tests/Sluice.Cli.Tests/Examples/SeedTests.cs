using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>Manifests from articles load as they are printed; where they are wrong, the error says what is wrong.</summary>
public sealed class SeedTests
{
    [Fact]
    public async Task Flex_Manifests_LoadUnmodified()
    {
        using var folder = Write(SeedManifests.Of("002"));
        // What the route points to is not printed with it.
        folder.Write("backend.yaml", await File.ReadAllTextAsync(Path.Combine(Repository.Examples, "flex/backend.yaml"), TestContext.Current.CancellationToken));

        var result = await SluiceProcess.RunAsync("check", folder.Path);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.EndsWith(": 0 errors, 0 warnings", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("001", "Gateway nginx-gateway/jarrett-net spec.listeners[0].port must be a whole number from 1 to 65535, found \"443nginx-kubernetes-gateway\"")]
    [InlineData("002")]
    [InlineData("004")]
    public async Task Article_Manifests_HaveNoErrorsButTheirOwn(string article, params string[] expected)
    {
        foreach (var manifest in SeedManifests.Of(article))
        {
            using var folder = Write([manifest]);

            var result = await SluiceProcess.RunAsync("status", "-f", folder.Path, "--output", "json");

            using var json = JsonDocument.Parse(result.Output);
            var errors = json.RootElement.GetProperty("diagnostics").EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "error");
            Assert.All(errors, error => Assert.Contains($"{Text(error, "kind")} {Text(error, "object")} {Text(error, "field")} {Text(error, "message")}", expected));
        }
    }

    [Fact]
    public async Task Homelab_BadPort_IsNamedWithItsLine()
    {
        foreach (var manifest in SeedManifests.Of("001").Take(1))
        {
            using var folder = Write([manifest]);

            var result = await SluiceProcess.RunAsync("check", folder.Path);

            Assert.Equal(1, result.ExitCode);
            Assert.Contains("0.yaml:13:13: error: Gateway nginx-gateway/jarrett-net: spec.listeners[0].port: must be a whole number", result.Output, StringComparison.Ordinal);
        }
    }

    private static string? Text(JsonElement finding, string name) => finding.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static ManifestFolder Write(IReadOnlyList<string> manifests)
    {
        var folder = new ManifestFolder();
        for (var i = 0; i < manifests.Count; i++)
            folder.Write($"{i}.yaml", manifests[i]);
        return folder;
    }
}
