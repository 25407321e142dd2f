using Sluice.Configuration;

namespace Sluice.Proxy.Runtime;

/// <summary>What no part of a configuration may be, looked for before anything of it is put in force.</summary>
internal static class ConfigurationCheck
{
    public static List<ApplyError> Find(ProxyConfiguration configuration)
    {
        var errors = new List<ApplyError>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var listener in configuration.Listeners)
        {
            if (!names.Add(listener.Name))
                errors.Add(new ApplyError(listener.Name, $"two listeners are named \"{listener.Name}\"; names must be unique"));
            if (!IsPort(listener.BindPort))
                errors.Add(new ApplyError(listener.Name, $"{listener.BindPort} is no port to bind; it must be from 1 to 65535"));
        }

        foreach (var cluster in configuration.Clusters)
        {
            for (var i = 0; i < cluster.Endpoints.Count; i++)
            {
                var endpoint = cluster.Endpoints[i];
                if (!IsPort(endpoint.Port))
                    errors.Add(new ApplyError(null, $"cluster {cluster.Name}: {endpoint.Port} is no port of an endpoint; it must be from 1 to 65535"));
                if (endpoint.Address.Length == 0)
                    errors.Add(new ApplyError(null, $"cluster {cluster.Name}: an endpoint has no address; it must be an IP address or a DNS name"));
            }
        }

        return errors;
    }

    private static bool IsPort(int port) => port is >= 1 and <= 65535;
}
