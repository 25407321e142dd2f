using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.rules[].backendRefs[] of an HTTPRoute or GRPCRoute.</summary>
internal static class RouteBackendBinder
{
    /// <param name="context">Where findings go.</param>
    /// <param name="node">The backendRef.</param>
    /// <param name="readFilters">Reads the filters that the kind of route has.</param>
    public static HttpBackendRef? Read(BindingContext context, Node node, Func<BindingContext, Node, HttpRouteFilter[]> readFilters)
    {
        if (!context.Mapping(node))
            return null;
        var reference = default(BackendReference);
        int? weight = null;
        HttpRouteFilter[] filters = [];
        foreach (var field in node)
        {
            if (References.BackendField(context, field, ref reference))
                continue;
            switch (field.Key)
            {
                case "weight":
                    weight = context.Integer(field, 0, 1_000_000);
                    break;
                case "filters":
                    filters = readFilters(context, field);
                    break;
                default:
                    context.Unknown(field, "group kind name namespace port weight filters");
                    break;
            }
        }

        References.CheckBackend(context, node, reference);
        if (reference.Name is null)
            return null;
        return new HttpBackendRef
        {
            Group = reference.Group ?? "",
            Kind = reference.Kind ?? "Service",
            Name = reference.Name,
            Namespace = reference.Namespace,
            Port = reference.Port,
            Weight = weight ?? 1,
            Filters = filters,
        };
    }
}
