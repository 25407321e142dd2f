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
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            ulong one = 1;
            Libc.write(Descriptor, &one, 8);
        }
    }

    /// <summary>Runs what was posted; called by the loop when the descriptor is readable.</summary>
    public void Drain()
    {
        ulong count;
        Libc.read(Descriptor, &count, 8);
        Volatile.Write(ref _signalled, 0);

        // Bounded by what is there now, so that work that posts more work cannot starve the sockets.
        for (var left = _items.Count; left > 0 && _items.TryDequeue(out var item); left--)
            item.Callback(item.State);

        if (!_items.IsEmpty && Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            ulong one = 1;
            Libc.write(Descriptor, &one, 8);
        }
    }

    public void Dispose() => Libc.close(Descriptor);
}
