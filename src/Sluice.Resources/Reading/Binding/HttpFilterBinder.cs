using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>Filters of rules and of backendRefs.</summary>
internal static class HttpFilterBinder
{
    private const string Types = "RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, URLRewrite, CORS, ExternalAuth, ExtensionRef";

    private const string Fields = "type requestHeaderModifier responseHeaderModifier requestMirror requestRedirect urlRewrite cors externalAuth extensionRef";

    private const string GrpcFields = "type requestHeaderModifier responseHeaderModifier requestMirror extensionRef";

    public static HttpRouteFilter[] List(BindingContext context, Node node) => List(context, node, static (c, item) => Read(c, item, Fields));

    /// <summary>Those that GRPCRoutes have too.</summary>
    public static HttpRouteFilter[] GrpcList(BindingContext context, Node node) => List(context, node, static (c, item) => Read(c, item, GrpcFields));

    private static HttpRouteFilter[] List(BindingContext context, Node node, Func<BindingContext, Node, HttpRouteFilter?> read)
    {
        var filters = context.List(node, 0, 16, read);
        var index = 0;
        var sameCount = filters.Length == node.Count;
        foreach (var item in node)
        {
            if (!sameCount)
                break;
            CheckAgainstEarlier(context, item, filters, index++);
        }

        return filters;
    }

    private static void CheckAgainstEarlier(BindingContext context, Node node, HttpRouteFilter[] filters, int index)
    {
        var type = filters[index].Type;
        for (var i = 0; i < index; i++)
        {
            var other = filters[i].Type;
            if (other == type && type is "RequestHeaderModifier" or "ResponseHeaderModifier" or "RequestRedirect" or "URLRewrite" or "CORS")
            {
                context.Error(node, $"the filter {type} must not be repeated");
                return;
            }

            if ((type, other) is ("RequestRedirect", "URLRewrite") or ("URLRewrite", "RequestRedirect"))
            {
                context.Error(node, "RequestRedirect and URLRewrite must not stand in the same list of filters");
                return;
            }
        }
    }

    private static HttpRouteFilter? Read(BindingContext context, Node node, string fields)
    {
        var isHttp = ReferenceEquals(fields, Fields);
        if (!context.Mapping(node))
            return null;
        string? type = null;
        HttpHeaderFilter? requestHeaders = null, responseHeaders = null;
        HttpRequestRedirect? redirect = null;
        HttpUrlRewrite? rewrite = null;
        LocalObjectReference? extension = null;
        HttpRequestMirror? mirror = null;
        HttpCorsFilter? cors = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Word(field, Types);
                    break;
                case "requestHeaderModifier":
                    requestHeaders = HeaderModifierBinder.Read(context, field);
                    break;
                case "responseHeaderModifier":
                    responseHeaders = HeaderModifierBinder.Read(context, field);
                    break;
                case "requestRedirect" when isHttp:
                    redirect = RedirectBinder.Redirect(context, field);
                    break;
                case "urlRewrite" when isHttp:
                    rewrite = RedirectBinder.Rewrite(context, field);
                    break;
                case "extensionRef":
                    extension = References.Local(context, field);
                    break;
                case "requestMirror":
                    mirror = MirrorBinder.Read(context, field);
                    break;
                case "cors" when isHttp:
                    cors = CorsBinder.Read(context, field);
                    break;
                case "externalAuth" when isHttp:
                    ExternalAuthBinder.Check(context, field);
                    break;
                default:
                    context.Unknown(field, fields);
                    break;
            }
        }

        ObjectFields.Require(context, node, "type", "one of " + Types);
        if (type is null)
            return null;
        CheckMembers(context, node, type, isHttp);
        return new HttpRouteFilter
        {
            Type = type,
            RequestHeaderModifier = requestHeaders,
            ResponseHeaderModifier = responseHeaders,
            RequestRedirect = redirect,
            UrlRewrite = rewrite,
            RequestMirror = mirror,
            Cors = cors,
            ExtensionRef = extension,
        };
    }

    /// <summary>Exactly the member that the type names stands beside it.</summary>
    private static void CheckMembers(BindingContext context, Node node, string type, bool isHttp)
    {
        var wanted = MemberOf(type);
        ObjectFields.Require(context, node, wanted, $"the configuration of a filter of the type {type}");
        foreach (var field in node)
        {
            if (field.Key != "type" && field.Key != wanted && !field.IsNull && IsMember(field.Key, isHttp))
                context.Error(field, $"must not stand in a filter of the type {type}: a filter has the member {wanted} only");
        }
    }

    private static bool IsMember(string name, bool isHttp) =>
        name is "requestHeaderModifier" or "responseHeaderModifier" or "requestMirror" or "extensionRef" ||
        (isHttp && name is ("requestRedirect" or "urlRewrite" or "cors" or "externalAuth"));

    private static string MemberOf(string type) => type switch
    {
        "RequestHeaderModifier" => "requestHeaderModifier",
        "ResponseHeaderModifier" => "responseHeaderModifier",
        "RequestMirror" => "requestMirror",
        "RequestRedirect" => "requestRedirect",
        "URLRewrite" => "urlRewrite",
        "CORS" => "cors",
        "ExternalAuth" => "externalAuth",
        _ => "extensionRef",
    };
}
