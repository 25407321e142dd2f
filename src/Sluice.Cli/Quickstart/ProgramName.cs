namespace Sluice.Cli.Quickstart;

/// <summary>How this program is called in a line to paste.</summary>
internal static class ProgramName
{
    public static string Current { get; } = Find();

    private static string Find()
    {
        var process = Environment.ProcessPath ?? "sluice";
        if (Path.GetFileNameWithoutExtension(process) != "dotnet")
            return process;
        // From a checkout: the script at its root builds and runs this very program.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "sluice");
            if (File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")) && File.Exists(script))
                return script;
        }
        return "sluice";
    }
}
