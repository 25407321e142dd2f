using System.Security.Cryptography;

namespace Sluice.Controller.Streaming;

/// <summary>Keeps the authority in one file, for its owner only. Writers on one machine exclude each other by a lock file beside it.</summary>
internal sealed class FileAuthorityStore(string path) : IAuthorityStore
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public async Task<StoredAuthority?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            if ((File.GetUnixFileMode(path) & Others) != 0)
                throw new IOException($"others may read or write {path}, so that the authority in it cannot be trusted; chmod 600 it, or remove it to have a new one made");
            return new StoredAuthority(content, VersionOf(content));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    public async Task<bool> TryWriteAsync(byte[] content, string? version, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var exclusive = new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = Owner,
            });
            if ((await ReadAsync(cancellationToken))?.Version != version)
                return false;
            var fresh = path + ".new";
            File.Delete(fresh);
            await using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
            return true;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private static string VersionOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
