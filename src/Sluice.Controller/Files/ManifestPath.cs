namespace Sluice.Controller.Files;

/// <summary>Which names in a folder are manifests.</summary>
internal static class ManifestPath
{
    /// <summary>*.yaml, *.yml and *.json, unless hidden.</summary>
    public static bool IsManifest(ReadOnlySpan<char> name) =>
        !IsHidden(name) && (name.EndsWith(".yaml") || name.EndsWith(".yml") || name.EndsWith(".json"));

    public static bool IsHidden(ReadOnlySpan<char> name) => name.IsEmpty || name[0] == '.';

    public static string Join(string folder, string name) => folder.EndsWith('/') ? folder + name : $"{folder}/{name}";
}
