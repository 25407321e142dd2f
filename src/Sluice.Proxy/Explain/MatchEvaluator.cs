using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Explain;

/// <summary>
/// Holds one match against a request the plain way, predicate by predicate, with a reason for each. Kept apart from the
/// routing tables on purpose: it is the reference that they are tested against.
/// </summary>
internal sealed class MatchEvaluator
{
    private readonly string _method;
    private readonly string _authority;
    private readonly string _path;
    private readonly string _query;
    private readonly IReadOnlyList<HeaderValue> _headers;

    /// <param name="request">Method, headers and query are taken from it.</param>
    /// <param name="authority">Host with port.</param>
    /// <param name="path">Normalised.</param>
    public MatchEvaluator(ExplainRequest request, string authority, string path)
    {
        _method = request.Method;
        _authority = authority;
        _path = path;
        _query = request.Query;
        _headers = request.Headers;
    }

    public List<PredicateResult> Evaluate(RouteMatch match)
    {
        var results = new List<PredicateResult> { Path(match.Path) };
        if (match.Method is not null)
            results.Add(new PredicateResult("method", match.Method, _method == match.Method, Compared("method", match.Method, _method, _method == match.Method)));
        foreach (ValueMatch header in match.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
            results.Add(Value("header", header, HeaderOf(header.Name)));
        foreach (ValueMatch parameter in match.QueryParams.DistinctBy(parameter => parameter.Name))
            results.Add(Value("query parameter", parameter, QueryParamOf(parameter.Name)));
        return results;
    }

    public bool Matches(RouteMatch match) => Evaluate(match).TrueForAll(result => result.Passed);

    private PredicateResult Path(PathMatch match)
    {
        string expected = $"{match.Type} {match.Value}";
        string value = match.Type == PathMatchType.RegularExpression ? match.Value : Encoding.UTF8.GetString(PathKey.Of(match));
        switch (match.Type)
        {
            case PathMatchType.Exact:
                bool equal = _path == value;
                return new PredicateResult("path", expected, equal, equal ? $"\"{_path}\" is equal" : $"\"{_path}\" is not \"{value}\"");
            case PathMatchType.PathPrefix:
                bool below = _path == value || _path.StartsWith(value + "/", StringComparison.Ordinal);
                return new PredicateResult("path", expected, below, below ? $"\"{_path}\" is at or below \"{value}/\""
                    : _path.StartsWith(value, StringComparison.Ordinal)
                        ? $"\"{_path}\" begins with \"{value}\", but that is not a whole path element"
                        : $"\"{_path}\" is not at or below \"{value}/\"");
            default:
                var pattern = new TextPattern(value);
                bool matches = pattern.IsMatch(Encoding.UTF8.GetBytes(_path));
                return new PredicateResult("path", expected, matches, pattern.Problem
                    ?? (matches ? $"\"{_path}\" matches as a whole" : $"\"{_path}\" does not match as a whole"));
        }
    }

    private static PredicateResult Value(string kind, ValueMatch match, string? actual)
    {
        string subject = $"{kind} {match.Name}";
        if (match.Type == ValueMatchType.Exact)
        {
            bool equal = actual == match.Value;
            return new PredicateResult(kind, $"{match.Name} = {match.Value}", equal, Compared(subject, match.Value, actual, equal));
        }
        var pattern = new TextPattern(match.Value);
        bool matches = actual is not null && pattern.IsMatch(Encoding.UTF8.GetBytes(actual));
        return new PredicateResult(kind, $"{match.Name} ~ {match.Value}", matches, pattern.Problem ?? (actual is null
            ? $"{subject}: want a match of \"{match.Value}\", request has none"
            : $"{subject}: \"{actual}\" {(matches ? "matches" : "does not match")} \"{match.Value}\" as a whole"));
    }

    private static string Compared(string subject, string expected, string? actual, bool equal) => equal ? $"{subject}: \"{expected}\""
        : actual is null ? $"{subject}: want \"{expected}\", request has none" : $"{subject}: want \"{expected}\", request has \"{actual}\"";

    private string? HeaderOf(string name)
    {
        if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
            return _authority.Length == 0 ? null : _authority;
        string[] values = [.. _headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];
        return values.Length == 0 ? null : string.Join(',', values);
    }

    private string? QueryParamOf(string name)
    {
        if (_query.Length == 0)
            return null;
        foreach (string parameter in _query[1..].Split('&'))
        {
            string[] parts = parameter.Split('=', 2);
            if (parts[0] == name)
                return parts.Length == 2 ? parts[1] : "";
        }
        return null;
    }
}
