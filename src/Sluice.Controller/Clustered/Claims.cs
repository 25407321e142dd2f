using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Clustered;

/// <summary>Tells what is ours from what belongs to other controllers, by what is in the tables at the moment.</summary>
/// <param name="controllerNames">Whose classes are ours.</param>
/// <param name="classes">GatewayClasses.</param>
/// <param name="gateways">Gateways.</param>
/// <param name="sets">ListenerSets.</param>
/// <param name="wasOurs">Whether a Gateway was ours when that was looked at last: it stays so while its class is missing.</param>
internal sealed class Claims(IReadOnlyList<string> controllerNames, KindTable classes, KindTable gateways, KindTable sets, Func<NamespacedName, bool> wasOurs)
{
    public bool IsOurs(GatewayClass? gatewayClass) => gatewayClass is not null && controllerNames.Contains(gatewayClass.ControllerName);

    public bool IsOurs(Gateway? gateway) => gateway is not null && IsOurs(gateway.GatewayClassName, gateway.Key);

    /// <summary>Whether the class that a Gateway names is there, whoever's it is.</summary>
    public bool HasClass(Gateway gateway) => Class(gateway.GatewayClassName) is not null;

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
        "Gateway" => value.GatewayClassName is { } name && IsOurs(name, value.Key),
        "ListenerSet" or "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute" => value.ParentRefs.Any(parent => IsOurs(parent, value.Key.Namespace)),
        _ => true,
    };

    private GatewayClass? Class(string name) => classes.Find<GatewayClass>(new NamespacedName("", name));

    private bool IsOurs(string className, NamespacedName gateway) => Class(className) is { } found ? IsOurs(found) : wasOurs(gateway);

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
