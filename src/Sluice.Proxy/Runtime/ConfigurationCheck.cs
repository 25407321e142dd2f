using Sluice.Configuration;
using Sluice.Proxy.Layer4.ProxyProtocol;

namespace Sluice.Proxy.Runtime;

/// <summary>What no part of a configuration may be, looked for before anything of it is put in force.</summary>
internal static class ConfigurationCheck
{
    /// <param name="listeners">To be put in force, all of them: they are compared with each other.</param>
    public static List<ApplyError> FindInListeners(IReadOnlyList<Listener> listeners)
    {
        var errors = new List<ApplyError>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var listener in listeners)
        {
            if (!names.Add(listener.Name))
                errors.Add(new ApplyError(listener.Name, $"two listeners are named \"{listener.Name}\"; names must be unique", ApplyErrorReason.Invalid));
            if (!IsPort(listener.BindPort))
                errors.Add(new ApplyError(listener.Name, $"{listener.BindPort} is no port to bind; it must be from 1 to 65535", ApplyErrorReason.Invalid));
        }

        FindInPorts(listeners, errors);
        return errors;
    }

    /// <param name="clusters">Those that are not in force already.</param>
    public static List<ApplyError> FindInClusters(IReadOnlyList<Cluster> clusters)
    {
        var errors = new List<ApplyError>();
        foreach (var cluster in clusters)
        {
            for (var i = 0; i < cluster.Endpoints.Count; i++)
            {
                var endpoint = cluster.Endpoints[i];
                if (!IsPort(endpoint.Port))
                    errors.Add(new ApplyError(null, $"cluster {cluster.Name}: {endpoint.Port} is no port of an endpoint; it must be from 1 to 65535", ApplyErrorReason.Invalid));
                if (endpoint.Address.Length == 0)
                    errors.Add(new ApplyError(null, $"cluster {cluster.Name}: an endpoint has no address; it must be an IP address or a DNS name", ApplyErrorReason.Invalid));
            }
        }

        return errors;
    }

    private static void FindInPorts(IReadOnlyList<Listener> listeners, List<ApplyError> errors)
    {
        var first = new Dictionary<(int Port, bool IsUdp), Listener>();
        foreach (var listener in listeners)
        {
            foreach (var source in listener.ProxyProtocol?.TrustedSources ?? [])
            {
                if (!TrustedSources.TryParse(source, out _))
                    errors.Add(new ApplyError(listener.Name, $"\"{source}\" is no source of PROXY protocol headers; it must be an IP address or a network such as 192.0.2.0/24", ApplyErrorReason.Invalid));
            }

            if (first.TryAdd((listener.BindPort, PortKey.IsUdpOf(listener)), listener))
                continue;
            var other = first[(listener.BindPort, PortKey.IsUdpOf(listener))];
            if (listener.Protocol is ListenerProtocol.Tcp or ListenerProtocol.Udp || other.Protocol == ListenerProtocol.Tcp)
                errors.Add(new ApplyError(listener.Name, $"port {listener.BindPort} is shared with listener {other.Name}; one for {(listener.Protocol is ListenerProtocol.Tcp or ListenerProtocol.Udp ? listener : other).Protocol.ToString().ToUpperInvariant()} must be alone", ApplyErrorReason.Invalid));
            else if ((listener.Protocol == ListenerProtocol.Http) != (other.Protocol == ListenerProtocol.Http))
                errors.Add(new ApplyError(listener.Name, $"port {listener.BindPort} is shared with listener {other.Name}; either all listeners of a port have TLS or none", ApplyErrorReason.Invalid));
            else if (!AreEqual(listener.ProxyProtocol, other.ProxyProtocol))
                errors.Add(new ApplyError(listener.Name, $"port {listener.BindPort} is shared with listener {other.Name}, which disagrees about the PROXY protocol", ApplyErrorReason.Invalid));
        }
    }

    private static bool AreEqual(ProxyProtocolAcceptance? one, ProxyProtocolAcceptance? other) =>
        one is null || other is null ? one == other : one.AllowWithoutHeader == other.AllowWithoutHeader && one.TrustedSources.SequenceEqual(other.TrustedSources, StringComparer.Ordinal);

    private static bool IsPort(int port) => port is >= 1 and <= 65535;
}
