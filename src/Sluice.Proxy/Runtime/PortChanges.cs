using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Runtime;

/// <summary>What every worker has to do so that the ports of a configuration come into force.</summary>
internal sealed class PortChanges
{
    public List<(IBoundPort Port, PortTable Table)> Opened { get; } = [];

    public List<(IBoundPort Port, PortTable Table)> Swapped { get; } = [];

    public List<IBoundPort> Closed { get; } = [];

    public void Apply(int worker)
    {
        foreach (var (port, table) in Opened)
            port.Start(worker, table);
        foreach (var (port, table) in Swapped)
            port.Swap(worker, table);
        foreach (var port in Closed)
            port.Remove(worker);
    }
}
