using System.Net;
using System.Runtime.InteropServices;
using Sluice.Controller.Addresses.Native;

namespace Sluice.Controller.Addresses;

/// <summary>
/// Makes a whole network local to this machine, as "ip route add local NETWORK dev lo" does: then every address in it can be bound
/// without being assigned to a device. rtnetlink(7); needs CAP_NET_ADMIN. IPv4 only: IPv6 binds assigned addresses alone.
/// </summary>
internal static class LocalRoute
{
    private const ushort NewRoute = 24;
    private const ushort DeleteRoute = 25;
    private const ushort Request = 1;
    private const ushort Acknowledge = 4;
    private const ushort CreateExclusively = 0x200 | 0x400;
    private const ushort ErrorMessage = 2;

    private const byte InternetFamily = 2;
    private const byte LocalTable = 255;
    private const byte Static = 4;
    private const byte LinkScopeHost = 254;
    private const byte LocalType = 2;
    private const ushort Destination = 1;
    private const ushort OutputInterface = 4;

    /// <summary>The loopback device has this index in every network namespace.</summary>
    private const int LoopbackIndex = 1;

    private const int AlreadyExists = 17;
    private const int NoSuchRoute = 3;
    private const int HeaderLength = 16;
    private const int MessageLength = 12;

    /// <summary>False when it was so already.</summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    public static bool Add(IPNetwork network) => Send(NewRoute, CreateExclusively, network, AlreadyExists);

    /// <summary>False when it was not there.</summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    public static bool Remove(IPNetwork network) => Send(DeleteRoute, 0, network, NoSuchRoute);

    private static bool Send(ushort type, ushort flags, IPNetwork network, int nothingToDo)
    {
        var descriptor = Netlink.Socket(Netlink.Family, Netlink.RawCloseOnExec, Netlink.Route);
        if (descriptor < 0)
            throw Failure(Marshal.GetLastPInvokeError());
        try
        {
            var message = Message(type, flags, network);
            if (Netlink.Send(descriptor, message, message.Length, 0) < 0)
                throw Failure(Marshal.GetLastPInvokeError());
            var error = ReadAnswer(descriptor);
            return error == 0 || (error == nothingToDo ? false : throw Failure(error));
        }
        finally
        {
            Netlink.Close(descriptor);
        }
    }

    private static int ReadAnswer(int descriptor)
    {
        Span<byte> answer = stackalloc byte[512];
        var length = (int)Netlink.Receive(descriptor, answer, answer.Length, 0);
        if (length < 0)
            return Marshal.GetLastPInvokeError();
        if (length < HeaderLength + sizeof(int) || MemoryMarshal.Read<ushort>(answer[4..]) != ErrorMessage)
            throw new IOException("the system's answer about a route is none");
        return -MemoryMarshal.Read<int>(answer[HeaderLength..]);
    }

    /// <summary>struct nlmsghdr, struct rtmsg and two attributes, all in the machine's byte order.</summary>
    private static byte[] Message(ushort type, ushort flags, IPNetwork network)
    {
        var address = network.BaseAddress.GetAddressBytes();
        var message = new byte[HeaderLength + MessageLength + 4 + address.Length + 8];
        MemoryMarshal.Write(message, message.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        MemoryMarshal.Write(message.AsSpan(6), (ushort)(Request | Acknowledge | flags));
        MemoryMarshal.Write(message.AsSpan(8), 1);
        var route = message.AsSpan(HeaderLength);
        route[0] = InternetFamily;
        route[1] = (byte)network.PrefixLength;
        route[4] = LocalTable;
        route[5] = Static;
        route[6] = LinkScopeHost;
        route[7] = LocalType;
        var attributes = route[MessageLength..];
        MemoryMarshal.Write(attributes, (ushort)(4 + address.Length));
        MemoryMarshal.Write(attributes[2..], Destination);
        address.CopyTo(attributes[4..]);
        attributes = attributes[(4 + address.Length)..];
        MemoryMarshal.Write(attributes, (ushort)8);
        MemoryMarshal.Write(attributes[2..], OutputInterface);
        MemoryMarshal.Write(attributes[4..], LoopbackIndex);
        return message;
    }

    private static IOException Failure(int error) => new(Marshal.GetPInvokeErrorMessage(error));
}
