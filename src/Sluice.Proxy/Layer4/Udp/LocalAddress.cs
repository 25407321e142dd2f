using System.Runtime.InteropServices;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>
/// Which of the machine's addresses a datagram was sent to. Only a socket that is bound to all of them has to know: what it
/// answers would otherwise leave from the address that the route to the client suggests, and the client would not take it.
/// </summary>
internal readonly struct LocalAddress
{
    /// <summary>Bytes of a control message with struct in_pktinfo or in6_pktinfo.</summary>
    public const int ControlSize = 40;

    private const int HeaderSize = 16;
    private const int InfoSize = 12;
    private const int Info6Size = 20;

    /// <param name="control">The control message that came with a datagram; empty when none was asked for.</param>
    public LocalAddress(ReadOnlySpan<byte> control)
    {
        if (control.Length < HeaderSize + InfoSize)
            return;
        var level = MemoryMarshal.Read<int>(control[8..]);
        var type = MemoryMarshal.Read<int>(control[12..]);
        if (level == LinuxConstants.IPPROTO_IP && type == LinuxConstants.IP_PKTINFO)
        {
            Family = LinuxConstants.AF_INET;
            First = MemoryMarshal.Read<uint>(control[(HeaderSize + 8)..]);
        }
        else if (level == LinuxConstants.IPPROTO_IPV6 && type == LinuxConstants.IPV6_PKTINFO && control.Length >= HeaderSize + Info6Size)
        {
            Family = LinuxConstants.AF_INET6;
            First = MemoryMarshal.Read<ulong>(control[HeaderSize..]);
            Second = MemoryMarshal.Read<ulong>(control[(HeaderSize + 8)..]);

            // A link-local address (fe80::/10) means something on its interface only.
            if (control[HeaderSize] == 0xFE && (control[HeaderSize + 1] & 0xC0) == 0x80)
                Interface = MemoryMarshal.Read<int>(control[(HeaderSize + 16)..]);
        }
    }

    /// <summary>0 when it is not known.</summary>
    private int Family { get; }

    private int Interface { get; }

    /// <summary>The address in the order of the network, read as numbers.</summary>
    public ulong First { get; }

    public ulong Second { get; }

    /// <summary>Writes the control message that makes a datagram leave from here; its length, 0 without an address.</summary>
    public int Write(Span<byte> control)
    {
        if (Family == 0)
            return 0;
        control.Clear();
        var isIPv6 = Family == LinuxConstants.AF_INET6;
        var size = HeaderSize + (isIPv6 ? Info6Size : InfoSize);
        MemoryMarshal.Write(control, (ulong)size);
        MemoryMarshal.Write(control[8..], isIPv6 ? LinuxConstants.IPPROTO_IPV6 : LinuxConstants.IPPROTO_IP);
        MemoryMarshal.Write(control[12..], isIPv6 ? LinuxConstants.IPV6_PKTINFO : LinuxConstants.IP_PKTINFO);
        if (isIPv6)
        {
            MemoryMarshal.Write(control[HeaderSize..], First);
            MemoryMarshal.Write(control[(HeaderSize + 8)..], Second);
            MemoryMarshal.Write(control[(HeaderSize + 16)..], Interface);
        }
        else
        {
            MemoryMarshal.Write(control[(HeaderSize + 4)..], (uint)First);
        }

        // CMSG_SPACE: the next multiple of 8.
        return (size + 7) & ~7;
    }
}
