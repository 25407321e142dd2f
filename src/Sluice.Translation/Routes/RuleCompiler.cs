using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>
/// HTTPRouteRule and GRPCRouteRule to <see cref="RouteRule"/>. Fails closed: a rule with something that cannot be served keeps its matches and
/// answers 500, so that its requests never reach a backend without what the rule asks for, nor another rule's backend.
/// </summary>
internal sealed class RuleCompiler(BackendResolver backends, FilterCompiler filters)
{
    private static readonly RouteAction ServerError = new ForwardAction([]);

    /// <inheritdoc cref="BackendResolver.TakePoliced"/>
    public NamespacedName[]? TakePoliced() => backends.TakePoliced();

    /// <summary>True when the rule does what it says, if only in part.</summary>
    public bool Compile(Layer7Route route, int index, string routeName, RouteFindings findings, out RouteRule compiled)
    {
        var rule = route.CommonRules[index];
        var http = rule as HttpRouteRule;
        var field = $"rules[{index}]";
        var before = findings.InvalidCount;
        var allPrefix = http is not null && http.Matches.All(match => match.PathType == "PathPrefix");
        var set = filters.Compile(route.Metadata.Namespace, rule.Filters, allPrefix, ofBackend: false, $"{field}.filters", findings);
        if (set.Answer is not null && rule.BackendRefs.Count > 0)
            findings.Invalid(new Finding(Reason.IncompatibleFilters, $"{field}.backendRefs: must be empty, because a filter of the rule answers the request"));
        var session = Session(route, rule, $"{routeName}#{rule.Name ?? field}", $"{field}.sessionPersistence", findings);
        var valid = findings.InvalidCount == before;

        var action = set.Answer;
        if (action is null)
        {
            var weighted = Backends(route.Metadata.Namespace, rule, allPrefix, field, findings, out var allRefused);
            action = weighted.Length == 0 ? ServerError : new ForwardAction(weighted);
            valid &= !allRefused;
        }
        if (!valid || set.Unresolved)
            action = ServerError;
        var forwards = action is ForwardAction { Backends.Count: > 0 };
        compiled = new RouteRule
        {
            Route = routeName,
            Index = index,
            Name = rule.Name,
            IsGrpc = route is GrpcRoute,
            Action = action,
            RequestHeaders = forwards ? Trim(set.RequestHeaders) : [],
            ResponseHeaders = valid ? Trim(set.ResponseHeaders) : [],
            UrlRewrite = forwards ? set.UrlRewrite : null,
            Timeouts = forwards ? PolicyCompiler.Timeouts(http?.Timeouts) : null,
            Retry = forwards ? PolicyCompiler.Retry(http?.Retry) : null,
            Mirrors = forwards ? Trim(set.Mirrors) : [],
            Cors = valid ? set.Cors : null,
            SessionPersistence = forwards ? session : null,
        };
        return valid;
    }

    private SessionPersistence? Session(Layer7Route route, CommonRouteRule rule, string name, string field, RouteFindings findings)
    {
        if (rule.SessionPersistence is not { } session)
            return null;

        // GEP-1619, "Session Affinity in K8S Services": both together are to be rejected.
        foreach (var reference in rule.BackendRefs)
        {
            if (backends.HasClientAffinity(route.Metadata.Namespace, reference))
                findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}: Service \"{reference.Name}\" has sessionAffinity ClientIP; only one of both may keep clients at their endpoints"));
        }

        // A cookie of a GRPCRoute is for all its services.
        return SessionCompiler.Compile(session, rule is HttpRouteRule http ? CookiePath.Of(http.Matches) : "/", name, field, findings);
    }

    private WeightedBackend[] Backends(string routeNamespace, CommonRouteRule rule, bool allPrefix, string ruleField, RouteFindings findings, out bool allRefused)
    {
        var weighted = new WeightedBackend[rule.BackendRefs.Count];
        var refused = 0;
        for (var i = 0; i < weighted.Length; i++)
        {
            var reference = rule.BackendRefs[i];
            var field = $"{ruleField}.backendRefs[{i}]";
            var before = findings.InvalidCount;
            var set = filters.Compile(routeNamespace, reference.Filters, allPrefix, ofBackend: true, $"{field}.filters", findings);
            var usable = findings.InvalidCount == before;
            if (!usable)
                refused++;
            var cluster = backends.Resolve(routeNamespace, reference, out var problem);
            if (problem is not null)
                findings.Unresolved(problem with { Message = $"{field}: {problem.Message}" });
            if (!usable || set.Unresolved)
                cluster = null;
            weighted[i] = new WeightedBackend
            {
                Cluster = cluster,
                Weight = reference.Weight,
                RequestHeaders = Trim(set.RequestHeaders),
                ResponseHeaders = Trim(set.ResponseHeaders),
                UrlRewrite = set.UrlRewrite,
                Mirrors = usable ? Trim(set.Mirrors) : [],
                Answer = usable && !set.Unresolved ? set.Answer : null,
            };
        }
        allRefused = refused > 0 && refused == weighted.Length;
        return weighted;
    }

    private static T[] Trim<T>(List<T> items) => items.Count == 0 ? [] : items.ToArray();
}
