using System.Net;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>Sockets for datagrams.</summary>
internal static unsafe class UdpSocket
{
    /// <summary>
    /// Bytes of datagrams that wait in a listening socket, as far as the system allows (net.core.rmem_max, unless the process may
    /// go beyond). A small datagram takes about 800 of them.
    /// </summary>
    private const int ListenBuffer = 4 * 1024 * 1024;

    /// <summary>
    /// Opens and binds a socket. <paramref name="shared"/> lets several sockets of this process share the address; without it
    /// the call fails when anybody has the port.
    /// </summary>
    /// <returns>The descriptor, or minus errno.</returns>
    public static int OpenDescriptor(IPEndPoint endPoint, bool shared)
    {
        var address = new NativeAddress(endPoint.Address, endPoint.Port);
        var isIPv6 = address.Family == LinuxConstants.AF_INET6;
        var descriptor = Libc.socket(address.Family, LinuxConstants.SOCK_DGRAM | LinuxConstants.SOCK_NONBLOCK | LinuxConstants.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return -Libc.Errno;
        if (shared)
            SetOption(descriptor, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_REUSEPORT, 1);
        if (isIPv6)
            SetOption(descriptor, LinuxConstants.IPPROTO_IPV6, LinuxConstants.IPV6_V6ONLY, 1);
        if (IsWildcard(endPoint))
            SetOption(descriptor, isIPv6 ? LinuxConstants.IPPROTO_IPV6 : LinuxConstants.IPPROTO_IP, isIPv6 ? LinuxConstants.IPV6_RECVPKTINFO : LinuxConstants.IP_PKTINFO, 1);
        SetBuffer(descriptor, LinuxConstants.SO_RCVBUFFORCE, LinuxConstants.SO_RCVBUF);
        SetBuffer(descriptor, LinuxConstants.SO_SNDBUFFORCE, LinuxConstants.SO_SNDBUF);

        int result;
        fixed (byte* pointer = address.Value)
            result = Libc.bind(descriptor, pointer, address.Length);
        if (result == 0)
            return descriptor;
        var error = Libc.Errno;
        Libc.close(descriptor);
        return -error;
    }

    /// <summary>Opens a socket that exchanges datagrams with one endpoint only; the descriptor, or minus errno.</summary>
    public static int OpenConnected(ref NativeAddress address)
    {
        var descriptor = Libc.socket(address.Family, LinuxConstants.SOCK_DGRAM | LinuxConstants.SOCK_NONBLOCK | LinuxConstants.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return -Libc.Errno;
        int result;
        fixed (byte* pointer = address.Value)
            result = Libc.connect(descriptor, pointer, address.Length);
        if (result == 0)
            return descriptor;
        var error = Libc.Errno;
        Libc.close(descriptor);
        return -error;
    }

    /// <summary>Bound to every address of the machine.</summary>
    public static bool IsWildcard(IPEndPoint endPoint) => endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);

    /// <summary>With a privilege beyond what is allowed to everybody, else up to that.</summary>
    private static void SetBuffer(int descriptor, int force, int ordinary)
    {
        if (!SetOption(descriptor, LinuxConstants.SOL_SOCKET, force, ListenBuffer))
            SetOption(descriptor, LinuxConstants.SOL_SOCKET, ordinary, ListenBuffer);
    }

    private static bool SetOption(int descriptor, int level, int name, int value) =>
        Libc.setsockopt(descriptor, level, name, &value, sizeof(int)) == 0;
}
