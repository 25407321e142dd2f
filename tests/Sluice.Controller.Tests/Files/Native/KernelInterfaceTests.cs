using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Controller.Files.Native;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Controller.Tests.Files.Native;

/// <summary>What following files passes to the kernel is laid out and numbered as the headers of both architectures have it.</summary>
public sealed class KernelInterfaceTests
{
    public static TheoryData<Architecture> Architectures => [Architecture.X64, Architecture.Arm64];

    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task Constants_AreThoseOfTheHeaders(Architecture architecture) => await KernelHeaders.AssertAsync(architecture,
    [
        Is("IN_CLOEXEC", LibC.InotifyCloseOnExec),
        Is("IN_NONBLOCK", LibC.InotifyNonBlocking),
        Is("EFD_CLOEXEC", LibC.InotifyCloseOnExec),
        Is("EFD_NONBLOCK", LibC.InotifyNonBlocking),
        Is("O_RDONLY", LibC.OpenReadOnly),
        Is("O_NONBLOCK", LibC.OpenNonBlocking),
        Is("O_CLOEXEC", LibC.OpenCloseOnExec),
        Is("AT_FDCWD", LibC.AtCurrentFolder),
        Is("AT_SYMLINK_NOFOLLOW", LibC.AtNoFollow),
        Is("STATX_BASIC_STATS", LibC.StatxBasic),
        Is("POLLIN", LibC.PollIn),
        Is("EINTR", LibC.ErrorInterrupted),
        Is("EAGAIN", LibC.ErrorAgain),
        Is("ENOSPC", LibC.ErrorNoSpace),
        Is("IN_MODIFY", (long)InotifyEvents.Modify),
        Is("IN_ATTRIB", (long)InotifyEvents.Attributes),
        Is("IN_CLOSE_WRITE", (long)InotifyEvents.CloseWrite),
        Is("IN_MOVED_FROM", (long)InotifyEvents.MovedFrom),
        Is("IN_MOVED_TO", (long)InotifyEvents.MovedTo),
        Is("IN_CREATE", (long)InotifyEvents.Create),
        Is("IN_DELETE", (long)InotifyEvents.Delete),
        Is("IN_DELETE_SELF", (long)InotifyEvents.DeleteSelf),
        Is("IN_MOVE_SELF", (long)InotifyEvents.MoveSelf),
        Is("IN_UNMOUNT", (long)InotifyEvents.Unmount),
        Is("IN_Q_OVERFLOW", (long)InotifyEvents.QueueOverflow),
        Is("IN_IGNORED", (long)InotifyEvents.Ignored),
        Is("IN_ONLYDIR", (long)InotifyEvents.OnlyFolders),
        Is("IN_MASK_ADD", (long)InotifyEvents.AddToMask),
        Is("IN_ISDIR", (long)InotifyEvents.IsFolder),
        Is("S_IFMT", 0xF000),
        Is("S_IFREG", 0x8000),
        Is("S_IFDIR", 0x4000),
        Is("S_IFLNK", 0xA000),
    ]);

    // FileStatus and Inotify read these by offset.
    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task Structures_AreThoseOfTheHeaders(Architecture architecture) => await KernelHeaders.AssertAsync(architecture,
    [
        "sizeof(struct statx) == 256",
        "offsetof(struct statx, stx_nlink) == 16 && offsetof(struct statx, stx_mode) == 28",
        "offsetof(struct statx, stx_ino) == 32 && offsetof(struct statx, stx_size) == 40",
        "offsetof(struct statx, stx_ctime.tv_sec) == 96 && offsetof(struct statx, stx_ctime.tv_nsec) == 104",
        "offsetof(struct statx, stx_dev_major) == 136 && offsetof(struct statx, stx_dev_minor) == 140",
        "sizeof(struct inotify_event) == 16 && offsetof(struct inotify_event, wd) == 0 && offsetof(struct inotify_event, mask) == 4",
        "offsetof(struct inotify_event, cookie) == 8 && offsetof(struct inotify_event, len) == 12",
        string.Create(CultureInfo.InvariantCulture, $"sizeof(struct pollfd) == {Unsafe.SizeOf<PollDescriptor>()}"),
        string.Create(CultureInfo.InvariantCulture, $"offsetof(struct pollfd, events) == {Marshal.OffsetOf<PollDescriptor>(nameof(PollDescriptor.Events))}"),
    ]);

    private static string Is(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"(unsigned)({name}) == {unchecked((uint)value)}u");
}
