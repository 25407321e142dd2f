namespace Sluice.Cli.Tests.Support;

/// <summary>A folder of manifests of its own, gone after the test.</summary>
internal sealed class ManifestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A copy of an example's manifests, with texts replaced (ports, for the most part).</summary>
    public static ManifestFolder OfExample(string example, params (string Old, string New)[] replacements)
    {
        var folder = new ManifestFolder();
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Examples, example), "*.yaml"))
        {
            var text = File.ReadAllText(file);
            foreach (var (old, replacement) in replacements)
                text = text.Replace(old, replacement, StringComparison.Ordinal);
            folder.Write(System.IO.Path.GetFileName(file), text);
        }
        return folder;
    }

    /// <summary>Writes beside and renames, so that no half-written file is ever seen.</summary>
    public void Write(string name, string text)
    {
        var temporary = this[$".{name}.tmp"];
        File.WriteAllText(temporary, text);
        File.Move(temporary, this[name], overwrite: true);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
