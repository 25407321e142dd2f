using Sluice.Configuration;
using Sluice.Resources.Policies.Backends;

namespace Sluice.Translation.Policies.Backends;

/// <summary>spec.static of a Backend: addresses or names, between which requests are balanced.</summary>
internal static class StaticBackendCompiler
{
    public static Cluster? Compile(Backend backend, Cluster cluster, IPolicySurroundings surroundings)
    {
        var hosts = backend.Static!.Hosts;
        if (hosts.Count == 0)
        {
            surroundings.Problem("static.hosts", "at least one is needed");
            return null;
        }
        for (var i = 0; i < hosts.Count; i++)
        {
            if (hosts[i].Port is >= 1 and <= 65535 && hosts[i].Host.Length > 0)
                continue;
            surroundings.Problem($"static.hosts[{i}]", "a host and a port from 1 to 65535 are needed");
            return null;
        }
        return cluster with { Endpoints = [.. hosts.Select(host => new Endpoint(host.Host.TrimEnd('.'), host.Port))] };
    }
}
