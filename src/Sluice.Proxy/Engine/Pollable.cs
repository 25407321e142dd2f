namespace Sluice.Proxy.Engine;

/// <summary>Something with a descriptor that a worker watches, and with one deadline.</summary>
internal abstract class Pollable(Worker worker) : TimerNode
{
    public Worker Worker { get; } = worker;

    public int Descriptor { get; protected set; } = -1;

    /// <summary>
    /// Told to epoll beside the descriptor: an event of a descriptor that was closed and taken again within one batch carries
    /// the old generation and is dropped.
    /// </summary>
    public uint Generation { get; private set; }

    public bool IsOpen => Descriptor >= 0;

    internal abstract void OnEvents(uint events);

    protected void Open(int descriptor, uint events)
    {
        Descriptor = descriptor;
        Generation = Worker.Watch(this, events);
    }

    /// <summary>Gets the events of another object's descriptor from now on.</summary>
    protected void TakeDescriptor(Pollable other)
    {
        Descriptor = other.Descriptor;
        Generation = other.Generation;
        other.Descriptor = -1;
        Worker.Rewatch(this);
    }
}
