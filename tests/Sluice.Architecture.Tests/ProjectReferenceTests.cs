using System.Xml.Linq;

namespace Sluice.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md: which project may use which.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Sluice.Resources"] = [],
        ["Sluice.Configuration"] = [],
        ["Sluice.Expressions"] = ["Sluice.Configuration"],
        ["Sluice.Translation"] = ["Sluice.Resources", "Sluice.Configuration", "Sluice.Expressions"],
        ["Sluice.Proxy"] = ["Sluice.Configuration", "Sluice.Expressions"],
        ["Sluice.Kubernetes"] = ["Sluice.Resources"],
        ["Sluice.ApiServer"] = ["Sluice.Resources", "Sluice.Proxy"],
        ["Sluice.Controller"] = ["Sluice.Resources", "Sluice.Configuration", "Sluice.Translation", "Sluice.Proxy", "Sluice.Kubernetes", "Sluice.ApiServer", "Sluice.Exporter"],
        ["Sluice.Exporter"] = ["Sluice.Resources", "Sluice.Kubernetes", "Sluice.Proxy"],
        ["Sluice.Cli"] = ["Sluice.Resources", "Sluice.Configuration", "Sluice.Translation", "Sluice.Proxy", "Sluice.Kubernetes", "Sluice.ApiServer", "Sluice.Controller", "Sluice.Exporter"],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "src"), "*.csproj", SearchOption.AllDirectories).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_FollowTheArrows(string projectFile)
    {
        var name = Path.GetFileNameWithoutExtension(projectFile);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} is not in the table of parts: add it to ARCHITECTURE.md and here.");

        var references = XDocument.Load(projectFile)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed));
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("Sluice.slnx not found above the test.");
    }
}
