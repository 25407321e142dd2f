using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Policies.Listeners;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>HTTPRouteFilters to what the data plane does. Whatever is not supported is refused, never skipped.</summary>
internal sealed class FilterCompiler(ResourceSnapshot snapshot, BackendResolver backends)
{
    /// <summary>
    /// Filters that cannot be served are added to <paramref name="findings"/>, with their field. <paramref name="allPrefix"/> says
    /// whether every match of the rule is a PathPrefix, which ReplacePrefixMatch needs; <paramref name="ofBackend"/> whether the
    /// filters stand in a backendRef.
    /// </summary>
    public FilterSet Compile(string routeNamespace, IReadOnlyList<HttpRouteFilter> filters, bool allPrefix, bool ofBackend, string field, RouteFindings findings)
    {
        if (filters.Count == 0)
            return FilterSet.Empty;
        var set = new FilterSet();
        for (var i = 0; i < filters.Count; i++)
        {
            var filter = filters[i];
            var name = $"{field}[{i}]";
            switch (filter.Type)
            {
                case "RequestHeaderModifier" when filter.RequestHeaderModifier is { } modifier:
                    set.RequestHeaders.Add(Headers(modifier, $"{name}.requestHeaderModifier", findings));
                    break;
                case "ResponseHeaderModifier" when filter.ResponseHeaderModifier is { } modifier:
                    set.ResponseHeaders.Add(Headers(modifier, $"{name}.responseHeaderModifier", findings));
                    break;
                case "RequestRedirect" when filter.RequestRedirect is { } redirect:
                    Redirect(set, redirect, allPrefix, name, findings);
                    break;
                case "URLRewrite" when filter.UrlRewrite is { } rewrite:
                    Rewrite(set, rewrite, allPrefix, name, findings);
                    break;
                case "ExtensionRef" when filter.ExtensionRef is { } reference:
                    Extension(set, routeNamespace, reference, ofBackend, name, findings);
                    break;
                case "RequestMirror" when filter.RequestMirror is { } mirror:
                    Mirror(set, routeNamespace, mirror, name, findings);
                    break;
                case "CORS" when ofBackend:
                    findings.Invalid(new Finding(Reason.UnsupportedValue, $"{name}.type: CORS is decided before a backend is chosen; move the filter to the rule"));
                    break;
                case "CORS" when filter.Cors is { } cors:
                    set.Cors = CorsCompiler.Compile(cors);
                    break;
                default:
                    findings.Invalid(new Finding(Reason.UnsupportedValue, $"{name}.type: filter {filter.Type} is not supported by this version"));
                    break;
            }
        }
        if (set.Answer is not null && set.UrlRewrite is not null)
            findings.Invalid(new Finding(Reason.IncompatibleFilters, $"{field}: URLRewrite cannot be combined with {Describe(set.Answer)}, which answers the request itself"));
        if (set.Answer is not null && set.Mirrors.Count > 0)
            findings.Invalid(new Finding(Reason.IncompatibleFilters, $"{field}: RequestMirror cannot be combined with {Describe(set.Answer)}, which answers the request itself: nothing is sent that could be copied"));
        return set;
    }

    // "If the referent cannot be found, this BackendRef is invalid and must be dropped" (HTTPRequestMirrorFilter.backendRef): the
    // rule goes on without the copies.
    private void Mirror(FilterSet set, string routeNamespace, HttpRequestMirror mirror, string field, RouteFindings findings)
    {
        var cluster = backends.Resolve(routeNamespace, mirror.BackendRef, out var problem);
        if (problem is not null)
            findings.DoneWithout(problem with { Message = $"{field}.requestMirror.backendRef: {problem.Message}; nothing is copied there" });
        set.Mirrors.Add(new RequestMirror { Cluster = cluster, Numerator = mirror.Numerator, Denominator = mirror.Denominator });
    }

    private static HeaderModifier Headers(HttpHeaderFilter filter, string field, RouteFindings findings)
    {
        foreach (var name in filter.Set.Concat(filter.Add).Select(header => header.Name).Concat(filter.Remove).Where(ReservedFields.Contains))
        {
            var instead = name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? "; to change the host use a filter URLRewrite with a hostname" : "";
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}: {name} is written by the proxy itself and cannot be changed{instead}"));
        }
        return new() { Set = Values(filter.Set), Add = Values(filter.Add), Remove = filter.Remove };
    }

    private static HeaderValue[] Values(IReadOnlyList<HttpHeader> headers) =>
        headers.Count == 0 ? [] : headers.Select(header => new HeaderValue(header.Name, header.Value)).ToArray();

    private static void Redirect(FilterSet set, HttpRequestRedirect redirect, bool allPrefix, string field, RouteFindings findings)
    {
        if (redirect.StatusCode is not (301 or 302 or 303 or 307 or 308))
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.requestRedirect.statusCode: {redirect.StatusCode} is not supported; use 301, 302, 303, 307 or 308"));
        if (redirect.Scheme is not (null or "http" or "https"))
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.requestRedirect.scheme: \"{redirect.Scheme}\" is not supported; use http or https"));
        Answer(set, field, findings, new RedirectAction
        {
            StatusCode = redirect.StatusCode,
            Scheme = redirect.Scheme,
            Hostname = redirect.Hostname,
            Port = redirect.Port,
            Path = Path(redirect.Path, allPrefix, $"{field}.requestRedirect.path", findings),
        });
    }

    private static void Rewrite(FilterSet set, HttpUrlRewrite rewrite, bool allPrefix, string field, RouteFindings findings)
    {
        if (set.UrlRewrite is not null)
            findings.Invalid(new Finding(Reason.IncompatibleFilters, $"{field}: URLRewrite cannot be repeated"));
        set.UrlRewrite = new UrlRewrite
        {
            Hostname = rewrite.Hostname,
            Path = Path(rewrite.Path, allPrefix, $"{field}.urlRewrite.path", findings),
        };
    }

    private static PathModifier? Path(HttpPathModifier? path, bool allPrefix, string field, RouteFindings findings)
    {
        switch (path?.Type)
        {
            case null:
                return null;
            case "ReplaceFullPath":
                return new PathModifier(PathModifierType.ReplaceFullPath, path.Value);
            case "ReplacePrefixMatch":
                if (!allPrefix)
                    findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.replacePrefixMatch: every match of the rule must be a PathPrefix"));
                return new PathModifier(PathModifierType.ReplacePrefixMatch, path.Value);
            default:
                findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.type: {path.Type} is not supported; use ReplaceFullPath or ReplacePrefixMatch"));
                return null;
        }
    }

    private void Extension(FilterSet set, string routeNamespace, LocalObjectReference reference, bool ofBackend, string field, RouteFindings findings)
    {
        if (reference is { Group: GatewayApiGroup.Kgateway, Kind: "TrafficPolicy" })
        {
            Policy(set, new NamespacedName(routeNamespace, reference.Name), ofBackend, field, findings);
            return;
        }
        if (reference.Group != GatewayApiGroup.Kgateway || reference.Kind != "DirectResponse")
        {
            var kind = reference.Group.Length == 0 ? reference.Kind : $"{reference.Kind}.{reference.Group}";
            findings.Unresolved(new Finding(Reason.InvalidKind, $"{field}.extensionRef: {kind} is not supported; use DirectResponse or TrafficPolicy of {GatewayApiGroup.Kgateway}"));
            set.Unresolved = true;
            return;
        }
        var name = new NamespacedName(routeNamespace, reference.Name);
        if (!snapshot.DirectResponses.TryGetValue(name, out var response))
        {
            findings.Unresolved(new Finding(Reason.BackendNotFound, $"{field}.extensionRef: DirectResponse \"{name}\" does not exist"));
            set.Unresolved = true;
            return;
        }
        var answer = new DirectResponseAction { StatusCode = response.Status, Body = response.Body ?? "" };
        if (response.BodyFormat is { } format)
        {
            if (BodyFormatCompiler.Check(format, out var problem) is { } body)
                answer = answer with { BodyFormat = body.Format, ContentType = body.ContentType };
            else
                findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.extensionRef: bodyFormat of DirectResponse \"{name}\" {problem}"));
        }
        Answer(set, field, findings, answer);
    }

    // What the policy does is put in force with the other policies of the rule.
    private void Policy(FilterSet set, NamespacedName name, bool ofBackend, string field, RouteFindings findings)
    {
        if (ofBackend)
        {
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.extensionRef: a TrafficPolicy holds before a backend is chosen; move the filter to the rule"));
        }
        else if (!snapshot.TrafficPolicies.ContainsKey(name))
        {
            findings.Unresolved(new Finding(Reason.BackendNotFound, $"{field}.extensionRef: TrafficPolicy \"{name}\" does not exist"));
            set.Unresolved = true;
        }
    }

    private static void Answer(FilterSet set, string field, RouteFindings findings, RouteAction answer)
    {
        if (set.Answer is not null)
            findings.Invalid(new Finding(Reason.IncompatibleFilters, $"{field}: only one filter may answer the request, and {Describe(set.Answer)} does already"));
        set.Answer = answer;
    }

    private static string Describe(RouteAction answer) => answer is RedirectAction ? "RequestRedirect" : "DirectResponse";
}
