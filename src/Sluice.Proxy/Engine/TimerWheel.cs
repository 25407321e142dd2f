using System.Numerics;

namespace Sluice.Proxy.Engine;

/// <summary>
/// Deadlines of one worker in a hashed wheel. Setting a later deadline only writes a field: the node is moved when its old
/// slot comes round. A connection that serves requests therefore costs nothing here.
/// </summary>
internal sealed class TimerWheel
{
    /// <summary>Milliseconds per slot: how late a timer may fire.</summary>
    internal const int Tick = 16;

    private const int SlotCount = 4096;

    private readonly TimerNode?[] _slots = new TimerNode?[SlotCount];
    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private long _currentTick;
    private readonly Action<TimerNode, Exception> _onFault;
    private int _count;

    /// <param name="now">Milliseconds on the worker's clock.</param>
    /// <param name="onFault">Told of a callback that threw; the others are called all the same.</param>
    public TimerWheel(long now, Action<TimerNode, Exception> onFault)
    {
        _currentTick = now / Tick;
        _onFault = onFault;
    }

    public void Schedule(TimerNode node, long deadline)
    {
        var old = node.Deadline;
        node.Deadline = deadline;
        if (node.Slot >= 0)
        {
            if (deadline >= old)
                return;
            Unlink(node);
        }

        Link(node);
    }

    public void Cancel(TimerNode node)
    {
        if (node.Slot >= 0)
            Unlink(node);
    }

    /// <summary>Calls every node whose deadline has passed.</summary>
    public void Advance(long now)
    {
        var target = now / Tick;
        if (_count == 0)
        {
            _currentTick = target;
            return;
        }

        // After a long sleep one full turn visits every slot.
        if (target - _currentTick > SlotCount)
            _currentTick = target - SlotCount;

        while (_currentTick < target)
        {
            _currentTick++;
            var slot = (int)(_currentTick & (SlotCount - 1));
            if (_slots[slot] is not null)
                Fire(slot, now);
        }
    }

    /// <summary>Milliseconds until the next occupied slot, or -1 when there is none.</summary>
    public int NextDelay(long now)
    {
        if (_count == 0)
            return -1;

        var first = (int)((_currentTick + 1) & (SlotCount - 1));
        var word = first / 64;
        var bits = _occupied[word] & (ulong.MaxValue << (first % 64));
        for (var i = 0; i <= _occupied.Length; i++)
        {
            if (bits != 0)
            {
                var slot = (word * 64) + BitOperations.TrailingZeroCount(bits);
                var ticks = ((slot - first) & (SlotCount - 1)) + 1;
                return (int)Math.Max(0, ((_currentTick + ticks) * Tick) - now);
            }

            word = (word + 1) % _occupied.Length;
            bits = _occupied[word];
        }

        return -1;
    }

    private void Fire(int slot, long now)
    {
        // Nodes that are linked again while this runs go to later slots or to the list's front, never before `node`.
        var node = _slots[slot];
        while (node is not null)
        {
            var next = node.Next;
            if (node.Deadline <= now)
            {
                Unlink(node);
                try
                {
                    node.OnTimer();
                }
                catch (Exception exception)
                {
                    _onFault(node, exception);
                }

                // A callback may have unlinked what came next; start over, fired nodes are gone from the list.
                next = _slots[slot];
            }
            else if (SlotOf(node.Deadline) != slot)
            {
                Unlink(node);
                Link(node);
            }

            node = next;
        }
    }

    private int SlotOf(long deadline)
    {
        var tick = Math.Max((deadline + Tick - 1) / Tick, _currentTick + 1);
        return (int)(tick & (SlotCount - 1));
    }

    private void Link(TimerNode node)
    {
        var slot = SlotOf(node.Deadline);
        var head = _slots[slot];
        node.Slot = slot;
        node.Previous = null;
        node.Next = head;
        if (head is not null)
            head.Previous = node;
        _slots[slot] = node;
        _occupied[slot / 64] |= 1UL << (slot % 64);
        _count++;
    }

    private void Unlink(TimerNode node)
    {
        if (node.Previous is { } previous)
            previous.Next = node.Next;
        else
            _slots[node.Slot] = node.Next;

        if (node.Next is { } next)
            next.Previous = node.Previous;

        if (_slots[node.Slot] is null)
            _occupied[node.Slot / 64] &= ~(1UL << (node.Slot % 64));

        node.Slot = -1;
        node.Previous = node.Next = null;
        _count--;
    }
}
