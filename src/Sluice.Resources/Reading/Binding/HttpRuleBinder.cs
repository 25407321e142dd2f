using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.rules[] of an HTTPRoute.</summary>
internal static class HttpRuleBinder
{
    private const string Fields = "name matches filters backendRefs timeouts retry sessionPersistence";

    public static HttpRouteRule? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null;
        HttpRouteMatch[] matches = [];
        HttpRouteFilter[] filters = [];
        HttpBackendRef[] backends = [];
        HttpRouteTimeouts? timeouts = null;
        HttpRouteRetry? retry = null;
        RouteSessionPersistence? session = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Names.Subdomain);
                    break;
                case "matches":
                    matches = context.List(field, 0, 64, HttpMatchBinder.Read);
                    break;
                case "filters":
                    filters = HttpFilterBinder.List(context, field);
                    break;
                case "backendRefs":
                    backends = context.List(field, 0, 16, static (c, item) => RouteBackendBinder.Read(c, item, HttpFilterBinder.List));
                    break;
                case "timeouts":
                    timeouts = RouteTimeBinder.Timeouts(context, field);
                    break;
                case "retry":
                    retry = RouteTimeBinder.Retry(context, field);
                    break;
                case "sessionPersistence":
                    session = SessionPersistenceBinder.Read(context, field);
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        var rule = new HttpRouteRule
        {
            Name = name,
            Matches = matches.Length == 0 ? HttpRouteMatch.DefaultList : matches,
            Filters = filters,
            BackendRefs = backends,
            Timeouts = timeouts,
            Retry = retry,
            SessionPersistence = session,
        };
        Check(context, node, rule);
        return rule;
    }

    /// <summary>The CRD's rules across filters, backendRefs and matches of one rule.</summary>
    private static void Check(BindingContext context, Node node, HttpRouteRule rule)
    {
        if (rule.BackendRefs.Count > 0 && rule.Filters.Any(filter => filter.Type == "RequestRedirect"))
            context.Error(node.TryGet("filters", out var filters) ? filters : node, "RequestRedirect must not stand in a rule with backendRefs: remove one of them");
        var onlyPrefix = rule.Matches.Count == 1 && rule.Matches[0].PathType == "PathPrefix";
        if (onlyPrefix)
            return;
        if (node.TryGet("filters", out var own))
            CheckPrefixFilters(context, own);
        if (!node.TryGet("backendRefs", out var backends))
            return;
        foreach (var backend in backends)
        {
            if (backend.TryGet("filters", out var filtersOfBackend))
                CheckPrefixFilters(context, filtersOfBackend);
        }
    }

    private static void CheckPrefixFilters(BindingContext context, Node filters)
    {
        foreach (var filter in filters)
        {
            if ((filter.TryGet("requestRedirect", out var body) || filter.TryGet("urlRewrite", out body)) &&
                body.TryGet("path", out var path) && path.TryGet("replacePrefixMatch", out var replacement))
                context.Error(replacement, "needs exactly one match in the rule, of the path type PathPrefix, to replace");
        }
    }
}
