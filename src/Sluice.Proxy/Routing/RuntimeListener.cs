using Sluice.Configuration;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Routing;

/// <summary>A listener with what was built from it.</summary>
internal sealed class RuntimeListener
{
    private readonly HostTable<RuntimeVirtualHost> _virtualHosts;

    public RuntimeListener(Listener source, HostTable<RuntimeVirtualHost> virtualHosts)
    {
        Source = source;
        _virtualHosts = virtualHosts;
    }

    public Listener Source { get; }

    /// <summary>Counters of the listener; the same object for as long as any configuration names it.</summary>
    public ListenerMetrics? Metrics { get; set; }

    public HostTable<RuntimeVirtualHost> VirtualHosts => _virtualHosts;

    /// <summary>The most specific virtual host, or null: 404.</summary>
    /// <param name="host">Without port and trailing dot (<see cref="HostName.Of"/>), in any case.</param>
    public RuntimeVirtualHost? FindVirtualHost(ReadOnlySpan<byte> host) => _virtualHosts.Find(host);

    /// <summary>Adds what could not be put in force, one message each.</summary>
    public void CollectProblems(ISet<string> problems)
    {
        foreach (RuntimeVirtualHost virtualHost in _virtualHosts.Values)
            virtualHost.CollectProblems(problems);
    }
}
