using System.Globalization;
using Sluice.Resources.Core;

namespace Sluice.Resources.Infrastructure;

/// <summary>The ports of the Service that stands for a Gateway.</summary>
public static class GatewayServicePorts
{
    /// <summary>One per port number and transport protocol, in order: "tcp-443", "udp-443".</summary>
    /// <param name="listeners">Ports of listeners with their protocols, as in spec.listeners[].protocol.</param>
    public static IReadOnlyList<ServicePort> Of(IEnumerable<(int Port, string Protocol)> listeners) =>
        [.. listeners.Select(Port).Distinct().OrderBy(port => port.Port).ThenBy(port => port.Protocol, StringComparer.Ordinal)];

    private static ServicePort Port((int Port, string Protocol) listener)
    {
        var transport = listener.Protocol == "UDP" ? "UDP" : "TCP";
        return new ServicePort(string.Create(CultureInfo.InvariantCulture, $"{transport.ToLowerInvariant()}-{listener.Port}"), listener.Port, Protocol: transport);
    }
}
