namespace Sluice.Kubernetes.Access;

/// <summary>Reads files that others write, up to a limit.</summary>
internal static class BoundedFile
{
    /// <summary>1 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <param name="path">The file.</param>
    /// <param name="purpose">Begins the message: "users[name=x].user.tokenFile".</param>
    /// <exception cref="ClusterAccessException">It cannot be read, or is too long.</exception>
    public static string Read(string path, string purpose)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var bytes = new byte[4096];
            var length = 0;
            for (var count = stream.Read(bytes); count > 0; count = stream.Read(bytes.AsSpan(length)))
            {
                length += count;
                if (length > MaxBytes)
                    throw new ClusterAccessException($"{purpose}: the file {path} has more than {MaxBytes >> 20} MiB");
                if (length == bytes.Length)
                    Array.Resize(ref bytes, bytes.Length * 2);
            }

            return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ClusterAccessException($"{purpose}: there is no file {path}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClusterAccessException($"{purpose}: {path} cannot be read: {error.Message}", error);
        }
    }
}
