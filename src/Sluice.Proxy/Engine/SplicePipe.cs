using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Engine;

/// <summary>
/// A kernel pipe through which bytes go from socket to socket without being copied (splice(2)). Taken from the worker while a
/// large body is relayed; what one side has not taken yet stays inside.
/// </summary>
internal sealed unsafe class SplicePipe : IDisposable
{
    /// <summary>Bytes to move at a time, unless both sides are fast.</summary>
    public const int OrdinaryMove = 256 * 1024;

    /// <summary>
    /// Bytes to move at a time between fast sides: fewer wake-ups of both. A page of the pipe holds a fragment of a socket, which may
    /// be much larger than a page, so this fits into a pipe of <see cref="WantedSize"/>.
    /// </summary>
    public const int LargeMove = 1024 * 1024;

    /// <summary>Asked for; the kernel may give less (limit of pages per user).</summary>
    private const int WantedSize = 256 * 1024;

    private const uint Flags = LinuxConstants.SPLICE_F_MOVE | LinuxConstants.SPLICE_F_NONBLOCK;

    private readonly int _read;
    private readonly int _write;

    private SplicePipe(int read, int write)
    {
        _read = read;
        _write = write;
    }

    /// <summary>Bytes inside.</summary>
    public int Count { get; private set; }

    /// <summary>Null when no descriptor is left: the caller then copies.</summary>
    public static SplicePipe? TryCreate()
    {
        var descriptors = stackalloc int[2];
        if (Libc.pipe2(descriptors, LinuxConstants.O_NONBLOCK | LinuxConstants.O_CLOEXEC) != 0)
            return null;
        Libc.fcntl(descriptors[1], LinuxConstants.F_SETPIPE_SZ, WantedSize);
        return new SplicePipe(descriptors[0], descriptors[1]);
    }

    /// <summary>Takes bytes from a socket: how many, 0 at its end, -1 when nothing waits or the pipe is full, -2 on failure.</summary>
    public int Fill(int socket, long most)
    {
        var moved = Libc.splice(socket, null, _write, null, (nint)most, Flags);
        if (moved > 0)
            Count += (int)moved;
        return moved >= 0 ? (int)moved : Libc.Errno == LinuxConstants.EAGAIN ? -1 : -2;
    }

    /// <summary>Gives bytes to a socket: how many, -1 when it takes none now, -2 on failure.</summary>
    public int Empty(int socket, bool more)
    {
        var moved = Libc.splice(_read, null, socket, null, Count, more ? Flags | LinuxConstants.SPLICE_F_MORE : Flags);
        if (moved > 0)
            Count -= (int)moved;
        return moved > 0 ? (int)moved : moved < 0 && Libc.Errno != LinuxConstants.EAGAIN ? -2 : -1;
    }

    public void Dispose()
    {
        Libc.close(_read);
        Libc.close(_write);
    }
}
