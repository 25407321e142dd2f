using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.rules[] of a GRPCRoute.</summary>
internal static class GrpcRuleBinder
{
    private const string Fields = "name matches filters backendRefs sessionPersistence";

    public static GrpcRouteRule? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null;
        GrpcRouteMatch[] matches = [];
        HttpRouteFilter[] filters = [];
        HttpBackendRef[] backends = [];
        RouteSessionPersistence? session = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Names.Subdomain);
                    break;
                case "matches":
                    matches = context.List(field, 0, 64, GrpcMatchBinder.Read);
                    break;
                case "filters":
                    filters = GrpcFilterBinder.List(context, field);
                    break;
                case "backendRefs":
                    backends = context.List(field, 0, 16, static (c, item) => RouteBackendBinder.Read(c, item, GrpcFilterBinder.List));
                    break;
                case "sessionPersistence":
                    session = SessionPersistenceBinder.Read(context, field);
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        return new GrpcRouteRule
        {
            Name = name,
            Matches = matches.Length == 0 ? GrpcRouteMatch.DefaultList : matches,
            Filters = filters,
            BackendRefs = backends,
            SessionPersistence = session,
        };
    }
}
