namespace Sluice.ApiServer.Persistence;

/// <summary>
/// A folder of manifests may come from anywhere. Links in it are followed for reading what a person has put there, and never for
/// writing: what is written stays in the folder.
/// </summary>
internal static class SymbolicLink
{
    /// <exception cref="IOException">The file or folder is a symbolic link, wherever it leads.</exception>
    public static void Refuse(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
            throw new IOException($"{path} is a symbolic link (to {target}), through which nothing is written: replace it by what it stands for");
    }
}
