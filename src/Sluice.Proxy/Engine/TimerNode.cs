namespace Sluice.Proxy.Engine;

/// <summary>Something with one deadline. Linked into the wheel of its worker while it has one.</summary>
internal abstract class TimerNode
{
    internal TimerNode? Previous;
    internal TimerNode? Next;

    /// <summary>Slot it is linked in, -1 when it is not.</summary>
    internal int Slot = -1;

    /// <summary>Milliseconds on the worker's clock; may be later than what the slot says (see <see cref="TimerWheel"/>).</summary>
    internal long Deadline;

    /// <summary>Called on the worker, after the node has been taken out of the wheel.</summary>
    internal abstract void OnTimer();
}
