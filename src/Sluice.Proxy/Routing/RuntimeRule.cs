using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Routing;

/// <summary>A rule with what was built from it; shared by all its entries.</summary>
internal sealed class RuntimeRule
{
    private readonly string[]? _problems;
    private byte[]? _nameBytes;

    public RuntimeRule(RouteRule source, RuntimeAction action, HeaderEdits responseEdits, CorsFilter? cors, string[]? problems)
    {
        Source = source;
        Action = action;
        ResponseEdits = responseEdits;
        Cors = cors;
        _problems = problems;
        Policy = RuntimePolicy.Of(source);
        InternalRedirect = RuntimeInternalRedirect.Of(source.InternalRedirect);
    }

    public RouteRule Source { get; }

    /// <summary>ROUTE_NAME in logs: the rule's name in its route, or its place there. Made when it is first asked for.</summary>
    public byte[] NameBytes => _nameBytes ??= Encoding.UTF8.GetBytes(Source.Name is { } name ? $"{Source.Route}/{name}" : $"{Source.Route}/rule/{Source.Index}");

    public RuntimeAction Action { get; }

    /// <summary>Timeouts and retries; null without either.</summary>
    public RuntimePolicy? Policy { get; }

    /// <summary>Null: redirects of backends are passed on.</summary>
    public RuntimeInternalRedirect? InternalRedirect { get; }

    /// <summary>
    /// For responses that no chosen backend's <see cref="RuntimeBackend.ResponseEdits"/> apply to: redirects, direct responses
    /// and the 500 of a rule without usable backend.
    /// </summary>
    public HeaderEdits ResponseEdits { get; }

    /// <summary>What its edits need of each request; null without CORS.</summary>
    public CorsFilter? Cors { get; }

    /// <summary>What is asked of requests before they are served; null without policies.</summary>
    public FilterChain? Filters { get; init; }

    /// <summary>Null without session persistence.</summary>
    public SessionPolicy? Session { get; init; }

    public void CollectProblems(ISet<string> problems)
    {
        foreach (string problem in _problems ?? [])
            problems.Add(Describe(problem));
    }

    /// <summary>Puts the rule's place in front of a message.</summary>
    public string Describe(string message) => $"{Source.Route} rule {Source.Index}: {message}";
}
