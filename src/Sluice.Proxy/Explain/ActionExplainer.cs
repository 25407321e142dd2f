using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Explain;

/// <summary>Describes what a rule does with a request: backends with their shares, or the answer.</summary>
internal sealed class ActionExplainer
{
    private readonly Dictionary<string, Cluster> _clusters;
    private readonly Listener _listener;
    private readonly RouteEntry _entry;
    private readonly ExplainRequest _request;
    private readonly string _authority;
    private readonly string _path;
    private readonly int _matchedLength;

    public ActionExplainer(ProxyConfiguration configuration, Listener listener, RouteEntry entry, ExplainRequest request, string authority, string path)
    {
        _clusters = configuration.Clusters.DistinctBy(cluster => cluster.Name).ToDictionary(cluster => cluster.Name);
        _listener = listener;
        _entry = entry;
        _request = request;
        _authority = authority;
        _path = path;
        _matchedLength = entry.Match.Path.Type == PathMatchType.PathPrefix
            ? PathKey.Of(entry.Match.Path).Length : Encoding.UTF8.GetByteCount(path);
    }

    public ActionExplanation Explain()
    {
        RouteRule rule = _entry.Rule;
        ActionExplanation action = PolicyExplainer.AnswersPreflight(rule, _request)
            ? new ActionExplanation { Kind = "Preflight", StatusCode = 204, ResponseHeaders = Describe(rule.ResponseHeaders) }
            : Explain(rule.Action, rule.ResponseHeaders);
        return action with { Policies = PolicyExplainer.Describe(rule, _request), Filters = FilterExplainer.Describe(rule) };
    }

    private ActionExplanation Explain(RouteAction action, IReadOnlyList<HeaderModifier> responseHeaders) => action switch
    {
        RedirectAction redirect => new ActionExplanation
        {
            Kind = "Redirect",
            StatusCode = redirect.StatusCode,
            Location = LocationOf(redirect),
            ResponseHeaders = Describe(responseHeaders),
        },
        DirectResponseAction response => new ActionExplanation
        {
            Kind = "DirectResponse",
            StatusCode = response.StatusCode,
            Body = response.Body,
            ResponseHeaders = Describe(responseHeaders),
        },
        ForwardAction forward => new ActionExplanation { Kind = "Forward", Backends = Backends(forward) },
        _ => throw new ArgumentException($"unknown action {action.GetType().Name}", nameof(action)),
    };

    private BackendExplanation[] Backends(ForwardAction forward)
    {
        double total = forward.Backends.Sum(backend => (double)Math.Max(0, backend.Weight));
        return [.. forward.Backends.Select(backend => Backend(backend, total == 0 ? 0 : Math.Max(0, backend.Weight) / total))];
    }

    private BackendExplanation Backend(WeightedBackend backend, double share)
    {
        RouteRule rule = _entry.Rule;
        UrlRewrite? rewrite = backend.UrlRewrite ?? rule.UrlRewrite;
        Cluster? cluster = backend.Cluster is null ? null : _clusters.GetValueOrDefault(backend.Cluster);
        IReadOnlyList<HeaderModifier> responseHeaders = [.. rule.ResponseHeaders, .. backend.ResponseHeaders];
        return new BackendExplanation
        {
            Cluster = backend.Cluster,
            Weight = backend.Weight,
            Share = share,
            Endpoints = cluster is null || backend.Answer is not null ? [] : [.. cluster.Endpoints.Select(StreamExplainer.Show)],
            ServerName = backend.Answer is null ? cluster?.Tls?.Hostname : null,
            Target = backend.Answer is null ? Rewritten(rewrite?.Path) + _request.Query : null,
            Host = backend.Answer is null ? rewrite?.Hostname ?? _authority : null,
            RequestHeaders = backend.Answer is null ? Describe([.. rule.RequestHeaders, .. backend.RequestHeaders]) : [],
            ResponseHeaders = backend.Answer is null ? Describe(responseHeaders) : [],
            Mirrors = backend.Answer is null ? PolicyExplainer.Mirrors(rule, backend) : [],
            Answer = backend.Answer is null ? null : Explain(backend.Answer, responseHeaders),
            Problem = backend.Answer is not null ? null
                : cluster is null ? "the backendRef does not resolve: its share is answered with 500"
                : cluster.Endpoints.Count == 0 ? "no endpoints: its share is answered with 503"
                : null,
        };
    }

    private string Rewritten(PathModifier? modifier)
    {
        if (modifier is null)
            return _path;
        byte[] path = Encoding.UTF8.GetBytes(_path);
        var rewriter = new PathRewriter(modifier);
        byte[] result = new byte[rewriter.MaxLength(path.Length)];
        rewriter.TryWrite(path, _matchedLength, result, out int written);
        return Encoding.UTF8.GetString(result, 0, written);
    }

    private string LocationOf(RedirectAction redirect)
    {
        byte[] authority = Encoding.UTF8.GetBytes(_authority), path = Encoding.UTF8.GetBytes(_path), query = Encoding.UTF8.GetBytes(_request.Query);
        var writer = new RedirectWriter(redirect);
        byte[] result = new byte[writer.MaxLength(authority.Length, path.Length, query.Length)];
        writer.TryWrite(authority, path, query, _matchedLength, _request.Scheme == "https", _listener.Port, result, out int written);
        return Encoding.UTF8.GetString(result, 0, written);
    }

    private static string[] Describe(IReadOnlyList<HeaderModifier> modifiers) =>
    [
        .. modifiers.SelectMany(modifier => modifier.Remove.Select(name => $"remove {name}")
            .Concat(modifier.Set.Select(header => $"set {header.Name}: {header.Value}"))
            .Concat(modifier.Add.Select(header => $"add {header.Name}: {header.Value}"))),
    ];
}
