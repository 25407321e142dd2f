using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Docs;

/// <summary>What the documentation promises is there.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Examples, "*.md", SearchOption.AllDirectories))
            .Select(page => Path.GetRelativePath(Repository.Root, page))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Links_LeadSomewhere(string page)
    {
        var file = Path.Combine(Repository.Root, page);
        foreach (Match link in Links().Matches(File.ReadAllText(file)))
        {
            var target = link.Groups["target"].Value.Split('#')[0];
            if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target)), $"{page} links to {target}, which does not exist.");
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("controller")]
    [InlineData("proxy")]
    [InlineData("check")]
    [InlineData("status")]
    [InlineData("explain")]
    [InlineData("top")]
    [InlineData("api")]
    [InlineData("exporter")]
    [InlineData("dashboards")]
    [InlineData("alerts")]
    [InlineData("echo")]
    [InlineData("crds")]
    [InlineData("install")]
    [InlineData("version")]
    public async Task Command_Options_AreDocumented(string command)
    {
        var reference = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/reference/commands.md"), TestContext.Current.CancellationToken);
        var help = await SluiceProcess.RunAsync(command, "--help");

        foreach (Match option in Options().Matches(help.Output))
        {
            var names = option.Value.Trim().Split(", ");
            Assert.True(names.Any(name => name is "--help" || reference.Contains($"`{name}", StringComparison.Ordinal)), $"docs/reference/commands.md does not name {option.Value.Trim()} of sluice {command}.");
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^  (?:-\S+, )*--[a-z0-9-]+", RegexOptions.Multiline)]
    private static partial Regex Options();
}
