using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>Filters of rules and backendRefs of a GRPCRoute: some of those that an HTTPRoute has, with the same meaning.</summary>
internal static class GrpcFilterBinder
{
    private const string Types = "RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, ExtensionRef";

    public static HttpRouteFilter[] List(BindingContext context, Node node)
    {
        var errors = context.Errors;
        if (node.Kind == NodeKind.Sequence)
            CheckTypes(context, node);
        return context.Errors == errors ? HttpFilterBinder.GrpcList(context, node) : [];
    }

    private static void CheckTypes(BindingContext context, Node node)
    {
        foreach (var filter in node)
        {
            if (filter.Kind == NodeKind.Mapping && filter.TryGet("type", out var type))
                context.Word(type, Types);
        }
    }
}
