namespace Sluice.Controller.Files.Native;

/// <summary>Event bits of inotify(7).</summary>
[Flags]
internal enum InotifyEvents : uint
{
    Modify = 0x2,
    Attributes = 0x4,
    CloseWrite = 0x8,
    MovedFrom = 0x40,
    MovedTo = 0x80,
    Create = 0x100,
    Delete = 0x200,
    DeleteSelf = 0x400,
    MoveSelf = 0x800,
    Unmount = 0x2000,
    QueueOverflow = 0x4000,
    Ignored = 0x8000,
    OnlyFolders = 0x1000000,
    AddToMask = 0x20000000,
    IsFolder = 0x40000000,
}
