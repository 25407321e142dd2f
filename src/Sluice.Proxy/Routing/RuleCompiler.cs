using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Builds what a rule does. What the control plane should not have let through and cannot be served as written is answered
/// with 500 rather than in a wrong way, and reported; header edits that are not allowed are left out and reported.
/// </summary>
internal sealed class RuleCompiler
{
    private readonly Func<string, int> _clusterIds;
    private readonly SessionKey _sessionKey;
    private readonly FilterParts _filters;

    /// <param name="clusterIds">
    /// Numbers a cluster by name. Compiled rules outlive configurations, so a name must keep its number for as long as any of
    /// them is in use.
    /// </param>
    /// <param name="sessionKey">What tokens of sessions are sealed with.</param>
    /// <param name="filters">What the filters of policies share.</param>
    public RuleCompiler(Func<string, int> clusterIds, SessionKey sessionKey, FilterParts filters)
    {
        _filters = filters;
        _clusterIds = clusterIds;
        _sessionKey = sessionKey;
    }

    public RuntimeRule Compile(RouteRule rule)
    {
        var problems = new List<string>();
        CorsFilter? cors = rule.Cors is null ? null : new CorsFilter(rule.Cors, problems);

        // CORS has the last word, so that what a browser is told is what the policy says.
        List<HeaderModifier> last = cors is null ? [] : [cors.ResponseModifier];

        // A backend does not speak for the session.
        if (rule.SessionPersistence is { Type: SessionPersistenceType.Header } session)
            last.Add(new HeaderModifier { Remove = [session.SessionName] });
        HeaderEdits responseEdits = HeaderEditsBuilder.Build(rule.ResponseHeaders, last, "response header", problems);
        List<RuntimeBackend> backends = [];
        RuntimeAction action = rule.Action is ForwardAction forward
            ? Forward(rule, forward, responseEdits, last, backends, problems)
            : Answer(rule.Action, problems);
        List<IRequestFilter>? filters = rule.Policies is null ? null : FilterCompiler.Compile(rule.Policies, _filters, Environment.TickCount64, problems);
        return new RuntimeRule(rule, action, responseEdits, cors, problems.Count == 0 ? null : [.. problems.Distinct()])
        {
            Filters = filters is { Count: > 0 } ? new FilterChain(filters) : null,
            Session = rule.SessionPersistence is { } persistence ? Session(persistence, backends, problems) : null,
        };
    }

    private RuntimeForward Forward(
        RouteRule rule, ForwardAction forward, HeaderEdits responseEdits, IReadOnlyList<HeaderModifier> lastEdits,
        List<RuntimeBackend> compiled, List<string> problems)
    {
        HeaderEdits requestEdits = HeaderEditsBuilder.Build(rule.RequestHeaders, "request header", problems);
        var backends = new List<(RuntimeBackend, int)>(forward.Backends.Count);
        foreach (WeightedBackend backend in forward.Backends)
        {
            UrlRewrite? rewrite = backend.UrlRewrite ?? rule.UrlRewrite;
            RuntimeAction? answer = backend.Answer is null ? null : Answer(backend.Answer, problems);
            if (rewrite?.Hostname is { } host && !FieldSyntax.IsHost(host))
                answer = Refused(problems, $"URLRewrite: \"{host}\" is no hostname");
            HeaderEdits backendEdits = backend.RequestHeaders.Count == 0 ? requestEdits
                : HeaderEditsBuilder.Build(rule.RequestHeaders, backend.RequestHeaders, "request header", problems);
            UrlRewriter? rewriter = answer is null ? UrlRewriter.Of(rewrite) : null;
            var runtime = new RuntimeBackend
            {
                Source = backend,
                ClusterId = backend.Cluster is null ? -1 : _clusterIds(backend.Cluster),
                RequestEdits = backendEdits,
                ResponseEdits = backend.ResponseHeaders.Count == 0 ? responseEdits
                    : HeaderEditsBuilder.Build([.. rule.ResponseHeaders, .. backend.ResponseHeaders], lastEdits, "response header", problems),
                Rewrite = rewriter,
                Mirrors = answer is null ? Mirrors(rule, backend, requestEdits, backendEdits, rewriter) : null,
                Answer = answer,
            };
            compiled.Add(runtime);
            backends.Add((runtime, backend.Weight));
        }
        return new RuntimeForward(backends);
    }

    private SessionPolicy? Session(SessionPersistence session, List<RuntimeBackend> backends, List<string> problems)
    {
        if (FieldSyntax.IsName(session.SessionName) && FieldSyntax.IsValue(session.CookiePath ?? ""))
            return backends.Count == 0 ? null : new SessionPolicy(session, backends, _sessionKey);
        problems.Add("session persistence: the name of the session or the path of its cookie is none; sessions are not kept");
        return null;
    }

    private RuntimeMirror[]? Mirrors(RouteRule rule, WeightedBackend backend, HeaderEdits ruleEdits, HeaderEdits backendEdits, UrlRewriter? backendRewrite)
    {
        if (rule.Mirrors.Count + backend.Mirrors.Count == 0)
            return null;

        // A rewrite that is refused has turned the backend into an answer already, unless the backend has one of its own.
        UrlRewriter? ruleRewrite = rule.UrlRewrite?.Hostname is { } host && !FieldSyntax.IsHost(host) ? null : UrlRewriter.Of(rule.UrlRewrite);
        RuntimeMirror[] mirrors = [.. Mirrors(rule.Mirrors, ruleEdits, ruleRewrite), .. Mirrors(backend.Mirrors, backendEdits, backendRewrite)];
        return mirrors.Length == 0 ? null : mirrors;
    }

    /// <summary>Mirrors whose backend does not resolve, or whose share is nothing, are left out: there is nothing to send.</summary>
    private IEnumerable<RuntimeMirror> Mirrors(IReadOnlyList<RequestMirror> mirrors, HeaderEdits edits, UrlRewriter? rewrite)
    {
        foreach (RequestMirror mirror in mirrors)
        {
            if (mirror.Cluster is null || mirror.Numerator <= 0 || mirror.Denominator <= 0 || _clusterIds(mirror.Cluster) is not (>= 0 and var id))
                continue;
            yield return new RuntimeMirror
            {
                ClusterId = id,
                Numerator = mirror.Numerator,
                Denominator = mirror.Denominator,
                RequestEdits = edits,
                Rewrite = rewrite,
            };
        }
    }

    private static RuntimeAction Answer(RouteAction action, List<string> problems) => action switch
    {
        RedirectAction redirect => Redirect(redirect, problems),
        DirectResponseAction response => DirectResponse(response, problems),
        _ => Refused(problems, $"{action.GetType().Name} cannot answer a request here"),
    };

    private static RuntimeAction Redirect(RedirectAction action, List<string> problems)
    {
        if (action.StatusCode is < 300 or > 399)
            return Refused(problems, $"RequestRedirect: {action.StatusCode} is no status code of a redirect");
        if (action.Scheme is not (null or "http" or "https"))
            return Refused(problems, $"RequestRedirect: the scheme \"{action.Scheme}\" is neither http nor https");
        if (action.Hostname is not null && !FieldSyntax.IsHost(action.Hostname))
            return Refused(problems, $"RequestRedirect: \"{action.Hostname}\" is no hostname");
        if (action.Port is < 1 or > 65535)
            return Refused(problems, $"RequestRedirect: {action.Port} is no port");
        return new RuntimeRedirect(action.StatusCode, new RedirectWriter(action));
    }

    private static RuntimeDirectResponse DirectResponse(DirectResponseAction action, List<string> problems)
    {
        if (action.StatusCode is < 200 or > 599)
            return Refused(problems, $"DirectResponse: {action.StatusCode} is no status code from 200 to 599");
        if (!FieldSyntax.IsValue(action.ContentType))
            return Refused(problems, "DirectResponse: the content type has a control character");
        if (action.BodyFormat is { } format && action.StatusCode is not (204 or 304))
            return Formatted(action, format, problems);
        string body = action.StatusCode is 204 or 304 ? "" : action.Body;
        return new RuntimeDirectResponse(action.StatusCode, Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(action.ContentType));
    }

    private static RuntimeDirectResponse Formatted(DirectResponseAction action, AccessLogFormat format, List<string> problems)
    {
        try
        {
            return new RuntimeDirectResponse(action.StatusCode, [], []) { Format = new RuntimeBodyFormat(format, action.ContentType, new CapturePlan()) };
        }
        catch (LogFormatException error)
        {
            return Refused(problems, $"DirectResponse: {error.Message}");
        }
    }

    private static RuntimeDirectResponse Refused(List<string> problems, string problem)
    {
        problems.Add($"{problem}; requests are answered with 500");
        return new RuntimeDirectResponse(500, [], []);
    }
}
