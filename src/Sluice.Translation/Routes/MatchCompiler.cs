using Sluice.Configuration;
using Sluice.Configuration.Patterns;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;
using ValueMatch = Sluice.Configuration.ValueMatch;

namespace Sluice.Translation.Routes;

/// <summary>HTTPRouteMatch to <see cref="RouteMatch"/>.</summary>
internal static class MatchCompiler
{
    /// <summary>Null, and a finding, when a regular expression is not valid: nobody can tell what such a match would match.</summary>
    public static RouteMatch? Compile(HttpRouteMatch match, string field, RouteFindings findings)
    {
        var before = findings.InvalidCount;
        var path = Path(match, field, findings);
        var headers = Headers(match.Headers, $"{field}.headers", findings);
        var queryParams = Values(match.QueryParams, $"{field}.queryParams", lowerNames: false, findings);
        if (findings.InvalidCount != before)
            return null;
        if (ReferenceEquals(path, PathMatch.Root) && match.Method is null && headers.Length == 0 && queryParams.Length == 0)
            return RouteMatch.Default;
        return new RouteMatch { Path = path, Method = match.Method, Headers = headers, QueryParams = queryParams };
    }

    public static ValueMatch[] Headers(IReadOnlyList<HttpValueMatch> matches, string field, RouteFindings findings) =>
        Values(matches, field, lowerNames: true, findings);

    private static PathMatch Path(HttpRouteMatch match, string field, RouteFindings findings)
    {
        switch (match.PathType)
        {
            case "Exact":
                return new PathMatch(PathMatchType.Exact, match.PathValue);
            case "PathPrefix":
                return match.PathValue == "/" ? PathMatch.Root : new PathMatch(PathMatchType.PathPrefix, match.PathValue);
            case "RegularExpression":
                CheckPattern(match.PathValue, $"{field}.path.value", findings);
                return new PathMatch(PathMatchType.RegularExpression, match.PathValue);
            default:
                findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.path.type: {match.PathType} is not supported; use Exact, PathPrefix or RegularExpression"));
                return PathMatch.Root;
        }
    }

    // Of several entries with an equivalent name only the first counts (HTTPHeaderMatch.name, HTTPQueryParamMatch.name).
    private static ValueMatch[] Values(IReadOnlyList<HttpValueMatch> matches, string field, bool lowerNames, RouteFindings findings)
    {
        if (matches.Count == 0)
            return [];
        var values = new List<ValueMatch>(matches.Count);
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            var name = lowerNames ? match.Name.ToLowerInvariant() : match.Name;
            if (values.Exists(value => value.Name == name))
                continue;
            switch (match.Type)
            {
                case "Exact":
                    values.Add(new ValueMatch(name, ValueMatchType.Exact, match.Value));
                    break;
                case "RegularExpression":
                    CheckPattern(match.Value, $"{field}[{i}].value", findings);
                    values.Add(new ValueMatch(name, ValueMatchType.RegularExpression, match.Value));
                    break;
                default:
                    findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}[{i}].type: {match.Type} is not supported; use Exact or RegularExpression"));
                    break;
            }
        }
        return values.ToArray();
    }

    public static void CheckPattern(string pattern, string field, RouteFindings findings)
    {
        try
        {
            _ = RegularExpression.Parse(pattern);
        }
        catch (PatternException error)
        {
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}: \"{pattern}\" cannot be used as a regular expression: {error.Message}, at position {error.Position}; the match is left out"));
        }
    }
}
