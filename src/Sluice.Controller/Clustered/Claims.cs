using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Clustered;

/// <summary>Tells what is ours from what belongs to other controllers, by what is in the tables at the moment.</summary>
internal sealed class Claims(IReadOnlyList<string> controllerNames, KindTable classes, KindTable gateways, KindTable sets)
{
    public bool IsOurs(GatewayClass? gatewayClass) => gatewayClass is not null && controllerNames.Contains(gatewayClass.ControllerName);

    public bool IsOurs(Gateway? gateway) => gateway is not null && IsOurs(classes.Find<GatewayClass>(new NamespacedName("", gateway.GatewayClassName)));

    public bool IsOurs(ListenerSet? set) => set?.Gateway is { } gateway && IsOurs(gateways.Find<Gateway>(gateway));

    /// <summary>Any parent of it is ours.</summary>
    public bool IsOurs(Route? route)
    {
        if (route is null)
            return false;
        for (var i = 0; i < route.ParentRefs.Count; i++)
        {
            if (IsOurs(route.ParentRefs[i], route.Metadata.Namespace))
                return true;
        }
        return false;
    }

    /// <summary>Policies say nothing of whose they are: all count.</summary>
    public bool IsOurs(KubernetesObject? value) => value switch
    {
        Route route => IsOurs(route),
        Gateway gateway => IsOurs(gateway),
        ListenerSet set => IsOurs(set),
        GatewayClass gatewayClass => IsOurs(gatewayClass),
        _ => value is not null,
    };

    /// <summary>As far as can be told of an object that cannot be read as a whole.</summary>
    public bool IsOurs(RefusedObject value) => value.Kind switch
    {
        "GatewayClass" => controllerNames.Contains(value.ControllerName),
        "Gateway" => value.GatewayClassName is { } name && IsOurs(classes.Find<GatewayClass>(new NamespacedName("", name))),
        "ListenerSet" or "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute" => value.ParentRefs.Any(parent => IsOurs(parent, value.Key.Namespace)),
        _ => true,
    };

    private bool IsOurs(ParentReference parent, string defaultNamespace)
    {
        if (parent.Group != GatewayApiGroup.Name)
            return false;
        var key = new NamespacedName(parent.Namespace ?? defaultNamespace, parent.Name);
        return parent.Kind switch
        {
            "Gateway" => IsOurs(gateways.Find<Gateway>(key)),
            "ListenerSet" => IsOurs(sets.Find<ListenerSet>(key)),
            _ => false,
        };
    }
}
