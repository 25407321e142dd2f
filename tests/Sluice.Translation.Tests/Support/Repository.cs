namespace Sluice.Translation.Tests.Support;

/// <summary>Folders of the source tree.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Cases => Path.Combine(Root, "tests", "Sluice.Translation.Tests", "cases");

    /// <summary>Data that may lie beside the repository; not part of it.</summary>
    public static string Shared => Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("Sluice.slnx not found above the test.");
    }
}
