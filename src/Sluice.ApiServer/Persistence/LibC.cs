using System.Runtime.InteropServices;

namespace Sluice.ApiServer.Persistence;

/// <summary>What .NET does not offer: to have a folder's entries on disk, not only the files in it.</summary>
internal static partial class LibC
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <exception cref="IOException">It could not be done.</exception>
    public static void SyncFolder(string path)
    {
        var descriptor = Open(path, ReadOnly | CloseOnExec);
        if (descriptor < 0)
            throw new IOException($"{path}: {LastError()}");
        var result = Sync(descriptor);
        var error = result < 0 ? LastError() : "";
        _ = Close(descriptor);
        if (result < 0)
            throw new IOException($"{path}: {error}");
    }

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
