using System.Runtime.InteropServices;

namespace Sluice.Proxy.Engine.Native;

/// <summary>
/// The system calls that the engine makes. Calls that return at once skip the runtime's transition (SuppressGCTransition);
/// those that may sleep (epoll_wait) must not.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint recv(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint send(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint sendmsg(int fd, MessageHeader* message, int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int recvmmsg(int fd, DatagramMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sendmmsg(int fd, DatagramMessage* messages, uint count, int flags);

    [LibraryImport(Library)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int epoll_ctl(int epoll, int operation, int fd, void* @event);

    [LibraryImport(Library)]
    internal static partial int epoll_wait(int epoll, void* events, int count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "epoll_wait"), SuppressGCTransition]
    internal static partial int epoll_poll(int epoll, void* events, int count, int timeoutMilliseconds);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int accept4(int fd, byte* address, int* addressLength, int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int close(int fd);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int shutdown(int fd, int how);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library)]
    internal static partial int bind(int fd, byte* address, int length);

    [LibraryImport(Library)]
    internal static partial int listen(int fd, int backlog);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int connect(int fd, byte* address, int length);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int getsockname(int fd, byte* address, int* length);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int getpeername(int fd, byte* address, int* length);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int setsockopt(int fd, int level, int name, int* value, int length);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int getsockopt(int fd, int level, int name, int* value, int* length);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint read(int fd, void* buffer, nint length);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint write(int fd, void* buffer, nint length);

    /// <summary>To a disk or pipe, which may take its time.</summary>
    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint write_blocking(int fd, void* buffer, nint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int open(byte* path, int flags, int mode);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int pipe2(int* descriptors, int flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint splice(int from, long* fromOffset, int to, long* toOffset, nint length, uint flags);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int fcntl(int fd, int command, int argument);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int ioctl(int fd, nuint request, int* argument);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int* __errno_location();

    internal static int Errno => *__errno_location();
}
