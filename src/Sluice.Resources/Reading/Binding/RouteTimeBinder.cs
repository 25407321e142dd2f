using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>timeouts and retry of a rule.</summary>
internal static class RouteTimeBinder
{
    public static HttpRouteTimeouts? Timeouts(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        TimeSpan? request = null, backend = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "request":
                    request = context.Duration(field);
                    break;
                case "backendRequest":
                    backend = context.Duration(field);
                    break;
                default:
                    context.Unknown(field, "request backendRequest");
                    break;
            }
        }

        if (request is not null && request != TimeSpan.Zero && backend > request && node.TryGet("backendRequest", out var longer))
            context.Error(longer, $"must not be longer than the request timeout, {(node.TryGet("request", out var whole) ? whole.Text : "")}");
        return new HttpRouteTimeouts(request, backend);
    }

    public static HttpRouteRetry? Retry(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        int[] codes = [];
        int? attempts = null;
        TimeSpan? backoff = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "codes":
                    codes = Codes(context, field);
                    break;
                case "attempts":
                    attempts = context.Integer(field, 1, int.MaxValue);
                    break;
                case "backoff":
                    backoff = context.Duration(field);
                    break;
                default:
                    context.Unknown(field, "codes attempts backoff");
                    break;
            }
        }

        return new HttpRouteRetry(codes, attempts, backoff);
    }

    private static int[] Codes(BindingContext context, Node node)
    {
        if (!context.IsList(node, 0, int.MaxValue))
            return [];
        var codes = new List<int>(node.Count);
        foreach (var item in node)
        {
            if (context.Integer(item, 400, 599) is not { } code)
                continue;
            if (codes.Contains(code))
                context.Error(item, $"must be unique in this list, {item.Text} stands there already");
            else
                codes.Add(code);
        }

        return [.. codes];
    }
}
