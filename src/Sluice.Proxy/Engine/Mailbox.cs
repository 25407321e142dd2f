using System.Collections.Concurrent;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Engine;

/// <summary>The only way into a worker from another thread: work items in order, and an eventfd that wakes the loop.</summary>
internal sealed unsafe class Mailbox : IDisposable
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _items = new();
    private int _signalled;

    public Mailbox()
    {
        Descriptor = Libc.eventfd(0, LinuxConstants.EFD_NONBLOCK | LinuxConstants.EFD_CLOEXEC);
        if (Descriptor < 0)
            throw new IOException($"eventfd failed (errno {Libc.Errno})");
    }

    public int Descriptor { get; }

    public void Post(SendOrPostCallback callback, object? state)
    {
        _items.Enqueue((callback, state));
        Signal();
    }

    /// <summary>Runs what was posted; called by the loop when the descriptor is readable.</summary>
    public void Drain()
    {
        ulong count;
        Libc.read(Descriptor, &count, 8);
        Volatile.Write(ref _signalled, 0);

        // Bounded by what is there now, so that work that posts more work cannot starve the sockets.
        try
        {
            for (var left = _items.Count; left > 0 && _items.TryDequeue(out var item); left--)
                item.Callback(item.State);
        }
        finally
        {
            // After a defect in one of them too.
            if (!_items.IsEmpty)
                Signal();
        }
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0)
            return;
        ulong one = 1;
        Libc.write(Descriptor, &one, 8);
    }

    /// <summary>
    /// When the loop has ended. Later posts are ignored: signalled for good, none of them writes to a descriptor that may be
    /// somebody else's by then.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0)
        {
            // Somebody has written, or is just about to.
            ulong count;
            while (Libc.read(Descriptor, &count, 8) != 8)
                Thread.Yield();
        }

        Libc.close(Descriptor);
    }
}
