using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>Method, headers and query parameters of a match; all must hold. A match without any of them has no instance.</summary>
internal sealed class RequestPredicates
{
    private readonly byte[]? _method;
    private readonly ValuePredicate[] _headers;
    private readonly ValuePredicate[] _queryParams;

    private RequestPredicates(RouteMatch match)
    {
        _method = match.Method is null ? null : Encoding.ASCII.GetBytes(match.Method);
        _headers = Compile(match.Headers, StringComparer.OrdinalIgnoreCase);
        _queryParams = Compile(match.QueryParams, StringComparer.Ordinal);
    }

    public static RequestPredicates? Of(RouteMatch match) =>
        match.Method is null && match.Headers.Count == 0 && match.QueryParams.Count == 0 ? null : new RequestPredicates(match);

    public bool Hold(RequestHead head)
    {
        if (_method is not null && !head.Method.SequenceEqual(_method))
            return false;
        foreach (ref readonly ValuePredicate header in _headers.AsSpan())
        {
            if (!HeaderPredicate.Holds(in header, head))
                return false;
        }
        foreach (ref readonly ValuePredicate parameter in _queryParams.AsSpan())
        {
            if (!QueryPredicate.Holds(in parameter, head.Query))
                return false;
        }
        return true;
    }

    public void CollectProblems(RuntimeRule rule, ISet<string> problems)
    {
        foreach (ValuePredicate header in _headers)
            header.CollectProblem(rule, "header", problems);
        foreach (ValuePredicate parameter in _queryParams)
            parameter.CollectProblem(rule, "query parameter", problems);
    }

    // Of equivalent names the first counts, the others are ignored (HTTPHeaderMatch.name, HTTPQueryParamMatch.name).
    private static ValuePredicate[] Compile(IReadOnlyList<ValueMatch> matches, StringComparer comparer)
    {
        if (matches.Count == 0)
            return [];
        var predicates = new List<ValuePredicate>(matches.Count);
        var seen = new HashSet<string>(comparer);
        foreach (ValueMatch match in matches)
        {
            if (seen.Add(match.Name))
                predicates.Add(new ValuePredicate(match));
        }
        return [.. predicates];
    }
}
