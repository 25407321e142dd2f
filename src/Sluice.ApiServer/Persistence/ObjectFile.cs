namespace Sluice.ApiServer.Persistence;

/// <summary>What a file looked like when it was written or read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Hash">SHA-256 of its content, hexadecimal.</param>
/// <param name="Before">The same of the content before, which it may still have; null when there was none.</param>
/// <param name="IsThere">It was there once, so that its absence means that someone has removed it.</param>
/// <param name="Length">In bytes; -1 when it was not looked at since the process began.</param>
/// <param name="Written">Its time of modification.</param>
internal sealed record ObjectFile(string Path, string Hash, string? Before, bool IsThere, long Length, DateTime Written)
{
    /// <summary>Whether nobody has changed or removed it since. Its content is read only when its size or time are others.</summary>
    public bool IsUntouched()
    {
        var info = new FileInfo(Path);
        return info.Exists && (IsAsSeen(info) || Has(ObjectFiles.HashOfFile(Path)));
    }

    /// <summary>Whether size and time are those of when it was looked at last.</summary>
    public bool IsAsSeen(FileInfo info) => info.Length == Length && info.LastWriteTimeUtc == Written;

    /// <summary>Whether content with this hash was written here.</summary>
    public bool Has(string hash) => hash == Hash || hash == Before;
}
