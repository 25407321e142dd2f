namespace Sluice.Resources.Tests.Reading;

/// <summary>Reference data beside the repository, when it is there.</summary>
internal static class SharedFolder
{
    /// <summary>The path of a folder below ../shared, seen from the repository's root; skips the test when it is not there.</summary>
    public static string Require(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
                continue;
            var path = Path.Combine(folder.Parent!.FullName, "shared", name);
            Assert.SkipUnless(Directory.Exists(path), $"needs {Path.Combine("..", "shared", name)} beside the repository");
            return path;
        }

        throw new InvalidOperationException("the test does not run from within the repository");
    }
}
