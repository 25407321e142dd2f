using System.Buffers;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Routes;

/// <summary>The Path of a session's cookie (GEP-1619, "Path").</summary>
internal static class CookiePath
{
    // What may mean something else than itself in a regular expression.
    private static readonly SearchValues<char> Special = SearchValues.Create("\\.^$*+?()[]{}|");

    /// <summary>
    /// Null when every match has a path of its own, which is then the cookie's. A regular expression has none: the rule's cookie is
    /// for the longest path without a pattern in it that all matches lie below.
    /// </summary>
    public static string? Of(IReadOnlyList<HttpRouteMatch> matches)
    {
        if (!matches.Any(match => match.PathType == "RegularExpression"))
            return null;
        string? common = null;
        foreach (var match in matches)
        {
            var path = match.PathType == "RegularExpression" ? BeforePattern(match.PathValue) : match.PathValue.TrimEnd('/');
            common = common is null ? path : Common(common, path);
        }
        return string.IsNullOrEmpty(common) ? "/" : common;
    }

    private static string BeforePattern(string expression)
    {
        var first = expression.AsSpan().IndexOfAny(Special);
        if (first < 0)
            return expression.TrimEnd('/');

        // Alternatives need not have anything in common, and what a quantifier follows need not be there.
        if (expression.Contains('|', StringComparison.Ordinal))
            return "";
        var slash = expression[..first].LastIndexOf('/');
        return slash < 0 ? "" : expression[..slash];
    }

    private static string Common(string one, string other)
    {
        var length = 0;
        for (var i = 0; i <= Math.Min(one.Length, other.Length); i++)
        {
            if ((i == one.Length || one[i] == '/') && (i == other.Length || other[i] == '/'))
                length = i;
            if (i == one.Length || i == other.Length || one[i] != other[i])
                break;
        }
        return one[..length];
    }
}
