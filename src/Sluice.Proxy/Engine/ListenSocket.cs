using System.Net;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Engine;

/// <summary>A listening socket of one worker; every worker has its own on the same address (SO_REUSEPORT).</summary>
internal sealed unsafe class ListenSocket(Worker worker, IAcceptor acceptor) : Pollable(worker)
{
    /// <summary>
    /// One connection is taken for so many events of a turn, and one at least: new ones and those that are there get on alike.
    /// Taking all that wait would cost a system call just to see that there are no more.
    /// </summary>
    private const int EventsPerAccept = 4;

    /// <summary>Milliseconds to wait when the process has no descriptor left.</summary>
    private const int ExhaustedPause = 100;

    /// <summary>Begins to accept on a descriptor from <see cref="OpenDescriptor"/>. Level triggered: what is left is reported again.</summary>
    public void Start(int descriptor) => Open(descriptor, LinuxConstants.EPOLLIN);

    /// <summary>Stops listening, after taking what already waits: those clients believe to be connected.</summary>
    public void Stop()
    {
        if (!IsOpen)
            return;
        while (TryAccept())
        {
        }

        Worker.Timers.Cancel(this);
        Worker.Close(Descriptor);
        Descriptor = -1;
    }

    internal override void OnEvents(uint events)
    {
        for (var left = Math.Max(1, Worker.TurnEvents / EventsPerAccept); left > 0 && TryAccept(); left--)
        {
        }
    }

    internal override void OnTimer() => Worker.Resume(this);

    private bool TryAccept()
    {
        var address = stackalloc byte[NativeAddress.MaxLength];
        var length = NativeAddress.MaxLength;
        var accepted = Libc.accept4(Descriptor, address, &length, LinuxConstants.SOCK_NONBLOCK | LinuxConstants.SOCK_CLOEXEC);
        if (accepted >= 0)
        {
            acceptor.OnAccepted(accepted, new ReadOnlySpan<byte>(address, length));
            return true;
        }

        switch (Libc.Errno)
        {
            case LinuxConstants.EAGAIN:
                return false;
            case LinuxConstants.EMFILE or LinuxConstants.ENFILE or LinuxConstants.ENOMEM or LinuxConstants.ENOBUFS:
                acceptor.OnExhausted();
                Worker.Pause(this);
                Worker.Timers.Schedule(this, Worker.Now + ExhaustedPause);
                return false;
            default:
                // The client gave up between its connect and our accept: on to the next.
                return true;
        }
    }

    /// <summary>
    /// Opens and binds a socket. <paramref name="shared"/> lets several sockets of this process share the address; without it
    /// the call fails when anybody listens there, which is how a taken port is noticed.
    /// </summary>
    /// <returns>The descriptor, or minus errno.</returns>
    public static int OpenDescriptor(IPEndPoint endPoint, bool shared, out IPEndPoint bound)
    {
        bound = endPoint;
        var address = new NativeAddress(endPoint.Address, endPoint.Port);
        var descriptor = Libc.socket(address.Family, LinuxConstants.SOCK_STREAM | LinuxConstants.SOCK_NONBLOCK | LinuxConstants.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return -Libc.Errno;

        SetOption(descriptor, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_REUSEADDR);
        if (shared)
            SetOption(descriptor, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_REUSEPORT);
        if (address.Family == LinuxConstants.AF_INET6)
            SetOption(descriptor, LinuxConstants.IPPROTO_IPV6, LinuxConstants.IPV6_V6ONLY);

        // Accepted sockets inherit it, which saves a system call per connection.
        SetOption(descriptor, LinuxConstants.IPPROTO_TCP, LinuxConstants.TCP_NODELAY);

        int result;
        fixed (byte* pointer = address.Value)
            result = Libc.bind(descriptor, pointer, address.Length);
        if (result == 0)
            result = Libc.listen(descriptor, 4096);
        if (result != 0)
        {
            var error = Libc.Errno;
            Libc.close(descriptor);
            return -error;
        }

        var buffer = stackalloc byte[NativeAddress.MaxLength];
        var length = NativeAddress.MaxLength;
        if (Libc.getsockname(descriptor, buffer, &length) == 0)
            bound = NativeAddress.Read(new ReadOnlySpan<byte>(buffer, length));
        return descriptor;
    }

    private static void SetOption(int descriptor, int level, int name)
    {
        int one = 1;
        Libc.setsockopt(descriptor, level, name, &one, sizeof(int));
    }
}
