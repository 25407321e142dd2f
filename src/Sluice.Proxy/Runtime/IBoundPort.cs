using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Runtime;

/// <summary>An address and port that is served: one socket and one binding per worker. Every method runs on a worker.</summary>
internal interface IBoundPort
{
    /// <summary>Begins to serve.</summary>
    void Start(int worker, PortTable? table);

    /// <summary>Serves a new table from the next request, connection or datagram on.</summary>
    void Swap(int worker, PortTable table);

    /// <summary>Takes no new clients; those that are there go on.</summary>
    void StopListening(int worker);

    /// <summary>The port is no longer configured.</summary>
    void Remove(int worker);
}
