using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Infrastructure;

namespace Sluice.Translation.Infrastructure;

/// <summary>Makes the Service of a Gateway.</summary>
public static class GatewayServiceBuilder
{
    /// <param name="gateway">One that is accepted.</param>
    /// <param name="ports">Ports of its programmed listeners with their protocols, as in spec.listeners[].protocol.</param>
    public static GatewayService Build(Gateway gateway, IEnumerable<(int Port, string Protocol)> ports)
    {
        var name = gateway.Metadata.Name;
        var labels = new Dictionary<string, string>(gateway.Infrastructure?.Labels ?? ObjectMeta.EmptyMap, StringComparer.Ordinal)
        {
            // Ours is what others find the object by, whatever the Gateway asks for.
            [GatewayLabels.GatewayName] = BoundedName.Label(name),
        };
        return new GatewayService(
            new NamespacedName(gateway.Metadata.Namespace, BoundedName.Of(name, gateway.GatewayClassName)),
            labels,
            gateway.Infrastructure?.Annotations ?? ObjectMeta.EmptyMap,
            GatewayServicePorts.Of(ports));
    }
}
