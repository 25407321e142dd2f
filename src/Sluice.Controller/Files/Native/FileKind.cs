namespace Sluice.Controller.Files.Native;

internal enum FileKind
{
    Missing,
    Regular,
    Folder,
    Link,

    /// <summary>A device, pipe or socket: never opened.</summary>
    Other,
}
