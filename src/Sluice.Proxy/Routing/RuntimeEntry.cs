using Sluice.Configuration;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Routing;

/// <summary>One match of one rule, ready to be tried.</summary>
internal sealed class RuntimeEntry
{
    private static readonly byte[] RootPath = [(byte)'/'];

    private readonly byte[] _path;
    private readonly TextPattern? _pattern;
    private readonly RequestPredicates? _predicates;

    public RuntimeEntry(RouteMatch match, RuntimeRule rule)
    {
        Match = match;
        Rule = rule;
        PathType = match.Path.Type;
        _path = PathType == PathMatchType.RegularExpression ? [] : PathKey.Of(match.Path);
        _pattern = PathType == PathMatchType.RegularExpression ? new TextPattern(match.Path.Value) : null;
        _predicates = RequestPredicates.Of(match);
    }

    /// <summary>The same match in front of another rule.</summary>
    public RuntimeEntry(RuntimeEntry match, RuntimeRule rule)
    {
        Match = match.Match;
        Rule = rule;
        PathType = match.PathType;
        _path = match._path;
        _pattern = match._pattern;
        _predicates = match._predicates;
    }

    public RouteMatch Match { get; }

    public RuntimeRule Rule { get; }

    /// <summary>What is counted of the rule at the entry's listener; null before the first request.</summary>
    public RuleMetrics? Metrics { get; set; }

    public PathMatchType PathType { get; }

    /// <summary>The path that is matched, as a name for requests of this kind; null for a regular expression.</summary>
    public byte[]? TemplateBytes => PathType == PathMatchType.RegularExpression ? null : _path.Length == 0 ? RootPath : _path;

    /// <summary>The path, or the prefix without its trailing slash ("" for "/"). Empty for a regular expression.</summary>
    public ReadOnlySpan<byte> Path => _path;

    /// <summary>How much of a path that matched is replaced by ReplacePrefixMatch: the prefix, or all of it for other types. A path that was changed since may be shorter.</summary>
    public int MatchedLength(int pathLength) => PathType == PathMatchType.PathPrefix ? Math.Min(_path.Length, pathLength) : pathLength;

    public bool MatchesPath(ReadOnlySpan<byte> path) => PathType switch
    {
        PathMatchType.PathPrefix => path.StartsWith(_path) && (path.Length == _path.Length || path[_path.Length] == '/'),
        PathMatchType.Exact => path.SequenceEqual(_path),
        _ => _pattern!.IsMatch(path),
    };

    /// <summary>Whether method, headers and query parameters match.</summary>
    public bool MatchesRest(RequestHead head) => _predicates is null || _predicates.Hold(head);

    public void CollectProblems(ISet<string> problems)
    {
        Rule.CollectProblems(problems);
        if (_pattern?.Problem is { } problem)
            problems.Add(Rule.Describe($"path: {problem}"));
        _predicates?.CollectProblems(Rule, problems);
    }
}
