namespace Sluice.Controller.RateLimits;

/// <summary>The files that limits are read from.</summary>
internal static class LimitFiles
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <param name="path">A file; or a folder, whose .yaml, .yml and .json files are read, by name, and not those below it.</param>
    /// <exception cref="LimitConfigurationException">They cannot be read.</exception>
    public static List<(string Path, byte[] Content)> Read(string path)
    {
        try
        {
            IEnumerable<string> names = Directory.Exists(path)
                ? Directory.EnumerateFiles(path).Where(name => Extensions.Contains(Path.GetExtension(name))).Order(StringComparer.Ordinal)
                : [path];
            return [.. names.Select(name => (name, File.ReadAllBytes(name)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LimitConfigurationException($"{path}: {error.Message}");
        }
    }

    public static bool Same(List<(string Path, byte[] Content)> one, List<(string Path, byte[] Content)> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Path == pair.Second.Path && pair.First.Content.AsSpan().SequenceEqual(pair.Second.Content));
}
