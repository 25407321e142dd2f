using Sluice.Proxy.Routing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Runtime;

/// <summary>The listeners of one port and what is served there.</summary>
/// <param name="Positions">Of the listeners in the configuration, ascending.</param>
/// <param name="Table">What workers have of it.</param>
internal sealed record PortListeners(int[] Positions, PortTable Table)
{
    /// <param name="positions">Of the port's listeners.</param>
    /// <param name="listeners">All of the configuration.</param>
    /// <param name="previous">What the port served before, whose index may be of use; or null.</param>
    /// <param name="clusters">That backends are numbered by.</param>
    public static PortListeners Create(int[] positions, RuntimeListener[] listeners, PortListeners? previous, RuntimeCluster?[] clusters)
    {
        var own = Array.ConvertAll(positions, position => listeners[position]);
        return new PortListeners(positions, new PortTable(ListenerTable.Create(own, previous?.Table.Listeners), clusters));
    }

    /// <param name="listeners">All of the configuration.</param>
    /// <param name="changed">Positions of those that are not what they were; every listener stands where it stood.</param>
    /// <param name="clusters">That backends are numbered by.</param>
    public PortListeners With(RuntimeListener[] listeners, List<int> changed, RuntimeCluster?[] clusters)
    {
        RuntimeListener[]? own = null;
        foreach (var position in changed)
        {
            var index = Array.BinarySearch(Positions, position);
            if (index >= 0)
                (own ??= Table.Listeners.Listeners.ToArray())[index] = listeners[position];
        }

        if (own is null && ReferenceEquals(Table.Clusters, clusters))
            return this;
        return new PortListeners(Positions, new PortTable(own is null ? Table.Listeners : Table.Listeners.With(own), clusters));
    }
}
