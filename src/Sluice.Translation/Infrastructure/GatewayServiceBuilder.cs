using System.Globalization;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Infrastructure;

/// <summary>Makes the Service of a Gateway.</summary>
public static class GatewayServiceBuilder
{
    /// <summary>On every object that stands for a Gateway (GEP-1762).</summary>
    public const string GatewayNameLabel = "gateway.networking.k8s.io/gateway-name";

    /// <param name="gateway">One that is accepted.</param>
    /// <param name="ports">Ports of its programmed listeners with their protocols, as in spec.listeners[].protocol.</param>
    public static GatewayService Build(Gateway gateway, IEnumerable<(int Port, string Protocol)> ports)
    {
        var name = gateway.Metadata.Name;
        var labels = new Dictionary<string, string>(gateway.Infrastructure?.Labels ?? ObjectMeta.EmptyMap, StringComparer.Ordinal)
        {
            // Ours is what others find the object by, whatever the Gateway asks for.
            [GatewayNameLabel] = BoundedName.Of(name),
        };
        return new GatewayService(
            new NamespacedName(gateway.Metadata.Namespace, BoundedName.Of(name, gateway.GatewayClassName)),
            labels,
            gateway.Infrastructure?.Annotations ?? ObjectMeta.EmptyMap,
            [.. ports.Select(Port).Distinct().OrderBy(port => port.Port).ThenBy(port => port.Protocol, StringComparer.Ordinal)]);
    }

    private static ServicePort Port((int Port, string Protocol) listener)
    {
        var transport = listener.Protocol == "UDP" ? "UDP" : "TCP";
        return new ServicePort(string.Create(CultureInfo.InvariantCulture, $"{transport.ToLowerInvariant()}-{listener.Port}"), listener.Port, Protocol: transport);
    }
}
