using Sluice.Configuration;
using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>Hostnames of a route that no listener takes, while others of the same route are taken (which makes it Accepted).</summary>
internal static class HostnameCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        var served = ServedHostnames(manifests);
        foreach (var route in manifests.Snapshot.Routes)
        {
            if (!served.TryGetValue($"{route.Kind}/{route.Key}", out var hostnames))
                continue;
            for (var i = 0; i < route.Hostnames.Count; i++)
            {
                var hostname = route.Hostnames[i].ToLowerInvariant();
                if (route is TlsRoute && Elder(manifests, route, hostname) is { } elder)
                    yield return Finding.Warning(route, $"spec.hostnames[{i}]", $"\"{route.Hostnames[i]}\" leads to {elder}, which is older or comes first by name and serves alone");
                else if (!hostnames.Any(host => IsWithin(host, hostname)))
                    yield return Finding.Warning(route, $"spec.hostnames[{i}]", $"\"{route.Hostnames[i]}\" never matches: no listener of its Gateways takes it ({Listeners(route, manifests)})");
            }
        }
    }

    /// <summary>Under which hostnames each route serves.</summary>
    private static Dictionary<string, HashSet<string>> ServedHostnames(OfflineManifests manifests)
    {
        var served = new Dictionary<string, HashSet<string>>();
        foreach (var host in manifests.Configurations.SelectMany(configuration => configuration.Listeners).SelectMany(listener => listener.VirtualHosts))
        {
            foreach (var entry in host.Routes)
            {
                if (!served.TryGetValue(entry.Rule.Route, out var hostnames))
                    served.Add(entry.Rule.Route, hostnames = []);
                hostnames.Add(host.Hostname);
            }
        }
        foreach (var host in TlsHosts(manifests))
        {
            if (!served.TryGetValue(host.Route.Route, out var hostnames))
                served.Add(host.Route.Route, hostnames = []);
            hostnames.Add(host.Hostname);
        }
        return served;
    }

    /// <summary>The route that serves a hostname of this one on a listener where both could.</summary>
    private static string? Elder(OfflineManifests manifests, Route route, string hostname)
    {
        var name = $"{route.Kind}/{route.Key}";
        foreach (var listener in ListenersOf(route, manifests))
        {
            if (listener.TlsHosts.FirstOrDefault(host => host.Hostname == hostname) is { } host && host.Route.Route != name)
                return host.Route.Route;
        }
        return null;
    }

    private static IEnumerable<TlsHost> TlsHosts(OfflineManifests manifests) =>
        manifests.Configurations.SelectMany(configuration => configuration.Listeners).SelectMany(listener => listener.TlsHosts);

    private static bool IsWithin(string host, string hostname) => host == hostname
        || (hostname.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(hostname[1..], StringComparison.Ordinal));

    // A listener of a ListenerSet is called "namespace/set/section".
    private static (string Kind, string Name) Owner(ProxyConfiguration configuration, Listener listener)
    {
        var slash = listener.Name.LastIndexOf('/');
        return slash < 0 ? ("Gateway", configuration.Gateway) : ("ListenerSet", listener.Name[..slash]);
    }

    private static string Listeners(Route route, OfflineManifests manifests)
    {
        return string.Join(", ", ListenersOf(route, manifests).Select(listener => $"{listener.Name}: {(listener.Hostname.Length == 0 ? "*" : listener.Hostname)}").Distinct());
    }

    private static IEnumerable<Listener> ListenersOf(Route route, OfflineManifests manifests)
    {
        var names = route.ParentRefs.Select(parent => (parent.Kind, Name: $"{parent.Namespace ?? route.Metadata.Namespace}/{parent.Name}")).ToHashSet();
        return manifests.Configurations.SelectMany(configuration => configuration.Listeners.Where(listener => names.Contains(Owner(configuration, listener))));
    }
}
