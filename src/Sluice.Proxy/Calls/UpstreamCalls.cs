using Sluice.Proxy.Engine;
using Sluice.Proxy.Http1;

namespace Sluice.Proxy.Calls;

/// <summary>The calls that the filters of one worker make to services, and their objects. Touched by its worker only.</summary>
internal sealed class UpstreamCalls
{
    /// <summary>Objects kept for reuse.</summary>
    private const int Kept = 1024;

    private readonly Stack<UpstreamCall> _free = new();
    private readonly List<UpstreamCall> _retired = [];

    public UpstreamCalls(Worker worker, WorkerServices services)
    {
        Worker = worker;
        Services = services;
        worker.TurnStarting += Recycle;
    }

    public Worker Worker { get; }

    public WorkerServices Services { get; }

    public UpstreamCall Rent() => _free.TryPop(out UpstreamCall? call) ? call : new UpstreamCall(this);

    /// <summary>Not handed out before the next turn: the connection that it used may still look at it.</summary>
    public void Return(UpstreamCall call) => _retired.Add(call);

    private void Recycle()
    {
        if (_retired.Count > 0)
            WorkerServices.Recycle(_retired, _free, Kept);
    }
}
