using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Controller.Files.Native;

/// <summary>An inotify instance with a way to wake up whoever waits for it.</summary>
internal sealed class Inotify : IDisposable
{
    private const int HeaderSize = 16;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _inotify;
    private readonly int _wake;

    public Inotify()
    {
        _inotify = LibC.InotifyInit(LibC.InotifyCloseOnExec | LibC.InotifyNonBlocking);
        if (_inotify < 0)
            throw new FilesSourceException($"Changes of files cannot be followed: inotify_init1 says \"{LibC.LastErrorMessage()}\". The limit is in /proc/sys/fs/inotify/max_user_instances.");
        _wake = LibC.EventDescriptor(0, LibC.InotifyCloseOnExec | LibC.InotifyNonBlocking);
        if (_wake >= 0)
            return;
        var message = LibC.LastErrorMessage();
        _ = LibC.Close(_inotify);
        throw new FilesSourceException($"Changes of files cannot be followed: eventfd says \"{message}\".");
    }

    /// <summary>The watch's number, the same as before for a folder that is watched already; or -1 with the reason.</summary>
    public int Add(string folder, InotifyEvents events, out string? reason)
    {
        var watch = LibC.InotifyAddWatch(_inotify, folder, (uint)(events | InotifyEvents.OnlyFolders));
        reason = watch >= 0 ? null
            : Marshal.GetLastPInvokeError() == LibC.ErrorNoSpace ? "the limit in /proc/sys/fs/inotify/max_user_watches is reached"
            : LibC.LastErrorMessage();
        return watch;
    }

    public void Remove(int watch) => _ = LibC.InotifyRemoveWatch(_inotify, watch);

    /// <summary>
    /// Waits until there is an event, someone has called <see cref="Wake"/> since the last time, or the time is over; -1 waits for
    /// ever.
    /// </summary>
    /// <returns>False when the time is over.</returns>
    public bool Wait(int milliseconds)
    {
        Span<PollDescriptor> descriptors =
        [
            new PollDescriptor { Descriptor = _inotify, Events = LibC.PollIn },
            new PollDescriptor { Descriptor = _wake, Events = LibC.PollIn },
        ];
        var count = LibC.Poll(descriptors, descriptors.Length, milliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != LibC.ErrorInterrupted)
            throw new IOException($"poll: {LibC.LastErrorMessage()}");
        Span<byte> wakes = stackalloc byte[8];
        _ = LibC.Read(_wake, wakes, wakes.Length);
        return count > 0;
    }

    /// <summary>May be called from any thread.</summary>
    public void Wake()
    {
        Span<byte> one = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(one, 1);
        _ = LibC.Write(_wake, one, one.Length);
    }

    /// <summary>All events that are there now.</summary>
    public void Read(Action<InotifyEvent> take)
    {
        while (true)
        {
            var length = (int)LibC.Read(_inotify, _buffer, _buffer.Length);
            if (length <= 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (length == 0 || error == LibC.ErrorAgain)
                    return;
                if (error == LibC.ErrorInterrupted)
                    continue;
                throw new IOException($"inotify: {LibC.LastErrorMessage()}");
            }

            var rest = _buffer.AsSpan(0, length);
            while (!rest.IsEmpty)
            {
                var nameLength = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
                var name = rest.Slice(HeaderSize, nameLength);
                var end = name.IndexOf((byte)0);
                take(new InotifyEvent(
                    BinaryPrimitives.ReadInt32LittleEndian(rest),
                    (InotifyEvents)BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]),
                    Encoding.UTF8.GetString(end < 0 ? name : name[..end])));
                rest = rest[(HeaderSize + nameLength)..];
            }
        }
    }

    public void Dispose()
    {
        _ = LibC.Close(_inotify);
        _ = LibC.Close(_wake);
    }
}
