using Sluice.Proxy.Engine;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Http1;

namespace Sluice.Proxy.Runtime;

/// <summary>A worker with its services.</summary>
internal sealed class WorkerHost
{
    public WorkerHost(int index, ProxyOptions options, ExplainToken explainToken, ConnectionCount connections, Action<Exception> onFault)
    {
        Worker = new Worker(index, (_, exception) =>
        {
            Services!.Metrics.Faults++;
            onFault(exception);
        });
        Services = new WorkerServices(Worker, options.Limits, options.MetricsDetail, explainToken) { Connections = connections, Clock = options.Clock };
    }

    public Worker Worker { get; }

    public WorkerServices Services { get; }

    /// <summary>On the worker: closes what need not stay open, and says how many client connections are left.</summary>
    public int Drain(bool closeIdle, bool cut)
    {
        var open = 0;
        foreach (var pollable in Worker.Watched)
        {
            if (pollable is not IClientConnection { IsLocal: false } connection)
                continue;
            if (cut)
            {
                connection.Cut();
                continue;
            }

            connection.BeginDrain();
            if (closeIdle && connection.IsIdle)
                connection.CloseIdle();
            else
                open++;
        }

        return open;
    }

    /// <summary>On the worker: ends every client connection with what it is busy with.</summary>
    public void CutAll()
    {
        foreach (var pollable in Worker.Watched)
        {
            if (pollable is IClientConnection connection)
                connection.Cut();
        }
    }

    /// <summary>On the worker: closes the connections of a port that is no longer served; busy ones when they have finished.</summary>
    public void CloseIdle(PortBinding binding)
    {
        foreach (var pollable in Worker.Watched)
        {
            if (pollable is not IClientConnection connection || connection.Binding != binding)
                continue;
            if (connection.IsIdle)
                connection.CloseIdle();
            else
                connection.BeginDrain();
        }
    }
}
