using System.Buffers;
using Sluice.Configuration.Patterns;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.PathRegex;

/// <summary>Makes another path for the backend (<see cref="PathRegexRewrite"/>). What becomes no path that is one is answered with 400.</summary>
internal sealed class PathRegexFilter : IRequestFilter
{
    /// <summary>Octets of the new path.</summary>
    public const int MaxLength = 16 * 1024;

    // pchar and "/" of RFC 3986 3.3.
    private static readonly SearchValues<byte> PathBytes =
        SearchValues.Create("/%-._~!$&'()*+,;=:@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static readonly FilterDenial Denial = new(400, "path_rewrite_invalid", "The path cannot be rewritten");

    private readonly PatternSubstitution _substitution;

    private PathRegexFilter(PatternSubstitution substitution) => _substitution = substitution;

    public string Name => "pathRegex";

    public FilterStage Stage => FilterStage.Route;

    /// <summary>Null when the expression or the substitution cannot be used.</summary>
    public static PathRegexFilter? Create(PathRegexRewrite rewrite, ICollection<string> problems)
    {
        try
        {
            return new PathRegexFilter(PatternSubstitution.Parse(rewrite.Pattern, rewrite.Substitution));
        }
        catch (PatternException exception)
        {
            problems.Add($"pathRegex: \"{rewrite.Pattern}\" with \"{rewrite.Substitution}\" cannot be used: {exception.Message}, at position {exception.Position}");
            return null;
        }
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        // "OPTIONS *" has no path.
        if (!head.Path.StartsWith("/"u8))
            return FilterVerdict.Continue;
        Span<byte> target = context.BeginPath(MaxLength);
        if (!_substitution.TryReplace(head.Path, target, out int length) || !IsPath(target[..length]))
            return context.Deny(Denial);
        context.EndPath(length);
        return FilterVerdict.Continue;
    }

    /// <summary>Absolute, of characters that may stand in a path, and without "." and ".." as segments, encoded or not.</summary>
    private static bool IsPath(ReadOnlySpan<byte> path)
    {
        if (!path.StartsWith("/"u8) || path.ContainsAnyExcept(PathBytes))
            return false;
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && (i + 2 >= path.Length || !char.IsAsciiHexDigit((char)path[i + 1]) || !char.IsAsciiHexDigit((char)path[i + 2])))
                return false;
        }
        while (path.Length > 0)
        {
            path = path[1..];
            int end = path.IndexOf((byte)'/');
            if (IsDots(end < 0 ? path : path[..end]))
                return false;
            path = end < 0 ? default : path[end..];
        }
        return true;
    }

    private static bool IsDots(ReadOnlySpan<byte> segment)
    {
        int dots = 0;
        while (segment.Length > 0 && dots <= 2)
        {
            int length = segment[0] == '.' ? 1 : segment.StartsWith("%2e"u8) || segment.StartsWith("%2E"u8) ? 3 : 0;
            if (length == 0)
                return false;
            segment = segment[length..];
            dots++;
        }
        return dots is 1 or 2 && segment.Length == 0;
    }
}
