using Sluice.Controller.Files.Native;

namespace Sluice.Controller.Files;

/// <summary>Follows a path link by link and tells every name on the way, for these are what may change where the path leads.</summary>
internal static class LinkResolver
{
    private const int MaxLinks = 40;

    /// <param name="path">An absolute path.</param>
    /// <param name="step">Gets each folder, free of links, and the name looked up in it.</param>
    /// <returns>The path free of links; null when it leads nowhere or in circles.</returns>
    public static string? Resolve(string path, Action<string, string> step)
    {
        var rest = new Stack<string>();
        Push(rest, path);
        var real = "/";
        var links = 0;
        while (rest.TryPop(out var name))
        {
            if (name is "" or ".")
                continue;
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            step(real, name);
            var next = ManifestPath.Join(real, name);
            switch (FileStatus.Of(next, followLinks: false).Kind)
            {
                case FileKind.Missing:
                    return null;
                case FileKind.Link:
                    if (++links > MaxLinks || new FileInfo(next).LinkTarget is not { } target)
                        return null;
                    if (target.StartsWith('/'))
                        real = "/";
                    Push(rest, target);
                    break;
                default:
                    real = next;
                    break;
            }
        }

        return real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
            rest.Push(parts[i]);
    }
}
