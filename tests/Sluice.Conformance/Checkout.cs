namespace Sluice.Conformance;

/// <summary>Where things lie in the checkout that the runner was built in.</summary>
internal static class Checkout
{
    private static readonly string Root = FindRoot();

    /// <summary>$SLUICE_CONFORMANCE_DATA, else the place beside the repository.</summary>
    public static string Data => Environment.GetEnvironmentVariable("SLUICE_CONFORMANCE_DATA") is { Length: > 0 } chosen
        ? Path.GetFullPath(chosen)
        : Path.GetFullPath(Path.Combine(Root, "../shared/conformance"));

    /// <summary>$SLUICE_BINARY (a published file), else the one just built.</summary>
    public static string Sluice => Environment.GetEnvironmentVariable("SLUICE_BINARY") is { Length: > 0 } chosen
        ? Path.GetFullPath(chosen, Root)
        : Path.Combine(Root, "artifacts/bin/Sluice.Cli/release/sluice");

    public static string Report => Path.Combine(Root, "artifacts/conformance/report.yaml");

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("Sluice.slnx not found above the runner.");
    }
}
