using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Upstreams;

/// <summary>Sockets to backends.</summary>
internal static class UpstreamSocket
{
    /// <summary>Begins to connect without waiting; the descriptor, or -1 when not even that is possible.</summary>
    public static unsafe int TryConnect(ref NativeAddress address)
    {
        var descriptor = Libc.socket(address.Family, LinuxConstants.SOCK_STREAM | LinuxConstants.SOCK_NONBLOCK | LinuxConstants.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return -1;

        int one = 1;
        Libc.setsockopt(descriptor, LinuxConstants.IPPROTO_TCP, LinuxConstants.TCP_NODELAY, &one, sizeof(int));
        int result;
        fixed (byte* pointer = address.Value)
            result = Libc.connect(descriptor, pointer, address.Length);
        if (result == 0 || Libc.Errno == LinuxConstants.EINPROGRESS)
            return descriptor;
        Libc.close(descriptor);
        return -1;
    }
}
