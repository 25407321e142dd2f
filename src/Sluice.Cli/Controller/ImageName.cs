using Sluice.Resources.Kgateway;

namespace Sluice.Cli.Controller;

/// <summary>Takes the name of an image apart: "registry/repository:tag@digest".</summary>
internal static class ImageName
{
    public static bool TryParse(string text, out ImageParameters? image)
    {
        image = null;
        var (named, digest) = Split(text, text.IndexOf('@', StringComparison.Ordinal));
        var slash = named.LastIndexOf('/');
        var (registry, rest) = slash < 0 ? (null, named) : (named[..slash], named[(slash + 1)..]);
        var (repository, tag) = Split(rest, rest.IndexOf(':', StringComparison.Ordinal));
        if (repository.Length == 0 || registry is "" || tag is "" || digest is "" || text.AsSpan().ContainsAny(" \t\"'"))
            return false;
        image = new ImageParameters(registry, repository, tag, digest);
        return true;
    }

    /// <exception cref="ArgumentException">It is no name of an image.</exception>
    public static ImageParameters Parse(string text) => TryParse(text, out var image) ? image! : throw new ArgumentException($"\"{text}\" is no name of an image.", nameof(text));

    private static (string Before, string? After) Split(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
