using System.Reflection;

namespace Sluice.Cli.Quickstart;

/// <summary>The manifests of examples/quickstart, which are part of this program so that it runs from anywhere.</summary>
internal static class QuickstartFiles
{
    private const string Prefix = "quickstart/";

    /// <summary>Writes them to a folder, with the ports of the demo backends replaced.</summary>
    /// <param name="folder">Exists.</param>
    /// <param name="ports">What to put in place of which port.</param>
    public static void Write(string folder, IReadOnlyDictionary<int, int> ports)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            foreach (var (original, actual) in ports)
                text = text.Replace($"127.0.0.1:{original}", $"127.0.0.1:{actual}", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, name[Prefix.Length..]), text);
        }
    }
}
