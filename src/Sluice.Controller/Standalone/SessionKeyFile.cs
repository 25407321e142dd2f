using Sluice.Proxy.Sessions;

namespace Sluice.Controller.Standalone;

/// <summary>A file with the key of session tokens, so that sessions outlive the process and proxies can share them.</summary>
internal static class SessionKeyFile
{
    /// <summary>Reads the key; where there is no file, makes one that only its owner can read.</summary>
    /// <exception cref="StandaloneException">The file cannot be read or made, or holds no key.</exception>
    public static SessionKey Load(string path)
    {
        try
        {
            if (!File.Exists(path))
                Create(path);
            var secret = File.ReadAllBytes(path);
            return secret.Length == SessionKey.Size
                ? SessionKey.Of(secret)
                : throw new StandaloneException($"--session-key-file {path}: a key has {SessionKey.Size} bytes, the file has {secret.Length}; name a file that does not exist to have a key made");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StandaloneException($"--session-key-file {path}: {error.Message}");
        }
    }

    private static void Create(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(SessionKey.NewSecret());
    }
}
