namespace Sluice.Cli.Tests.Support;

/// <summary>Where things lie in the checkout that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Examples => Path.Combine(Root, "examples");

    /// <summary>The file that end-to-end tests run: $SLUICE_BINARY (a published file), else the one just built.</summary>
    public static string Binary
    {
        get
        {
            var chosen = Environment.GetEnvironmentVariable("SLUICE_BINARY");
            var binary = string.IsNullOrEmpty(chosen) ? Path.Combine(Root, "artifacts/bin/Sluice.Cli/release/sluice") : Path.GetFullPath(chosen, Root);
            Assert.True(File.Exists(binary), $"{binary} does not exist: build Sluice.Cli, or set SLUICE_BINARY to a published sluice.");
            return binary;
        }
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("Sluice.slnx not found above the test.");
    }
}
