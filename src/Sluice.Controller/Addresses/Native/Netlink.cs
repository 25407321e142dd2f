using System.Runtime.InteropServices;

namespace Sluice.Controller.Addresses.Native;

/// <summary>The system calls of a netlink socket. Numbers are those of Linux on x64 and arm64.</summary>
internal static partial class Netlink
{
    public const int Family = 16; // AF_NETLINK
    public const int RawCloseOnExec = 3 | 0x80000;
    public const int Route = 0;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int descriptor, ReadOnlySpan<byte> buffer, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int descriptor, Span<byte> buffer, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
