using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

public sealed class ReadmeTests
{
    public static TheoryData<string> Examples => [.. Directory.EnumerateDirectories(Repository.Examples).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_HasAReadmeThatSaysHowToRunIt(string example)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Examples, example, "README.md"));

        Assert.Contains("./sluice ", readme, StringComparison.Ordinal);
        Assert.Contains($"examples/{example}", readme, StringComparison.Ordinal);
    }
}
