using Sluice.Controller.Standalone;

namespace Sluice.Controller.DevTls;

/// <summary>
/// Where the development authority is kept: <c>sluice/dev-tls</c> in the user's folder for data (XDG Base Directory
/// Specification), for its owner only.
/// </summary>
internal sealed class DevTlsFolder(string path)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public string Path => path;

    /// <summary>What clients have to trust.</summary>
    public string CertificateFile => System.IO.Path.Combine(path, "ca.crt");

    public string KeyFile => System.IO.Path.Combine(path, "ca.key");

    /// <summary>$XDG_DATA_HOME, where it is an absolute path, or ~/.local/share.</summary>
    /// <exception cref="StandaloneException">The environment names no folder.</exception>
    public static DevTlsFolder OfUser()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (!System.IO.Path.IsPathFullyQualified(data ?? ""))
        {
            var home = Environment.GetEnvironmentVariable("HOME");
            if (!System.IO.Path.IsPathFullyQualified(home ?? ""))
                throw new StandaloneException("--dev-tls keeps its authority in $XDG_DATA_HOME or $HOME/.local/share, and neither variable is an absolute path; set one of them");
            data = System.IO.Path.Combine(home!, ".local", "share");
        }
        return new DevTlsFolder(System.IO.Path.Combine(data!, "sluice", "dev-tls"));
    }

    /// <summary>The certificate and the key as PEM, or null when there are none yet.</summary>
    /// <exception cref="StandaloneException">Others may read the key or change the folder.</exception>
    public (string Certificate, string Key)? Read()
    {
        if (!Directory.Exists(path))
            return null;
        if ((File.GetUnixFileMode(path) & OthersWrite) != 0)
            throw new StandaloneException($"--dev-tls: others may write to {path}, so that the authority in it cannot be trusted; chmod 700 it, or remove it to have a new one made");
        if ((File.GetUnixFileMode(KeyFile) & Others) != 0)
            throw new StandaloneException($"--dev-tls: others may read {KeyFile}; chmod 600 it, or remove {path} to have a new authority made");
        return (File.ReadAllText(CertificateFile), File.ReadAllText(KeyFile));
    }

    /// <summary>
    /// Puts the folder in place whole: of two processes that begin at once, one makes it and the other reads what it made.
    /// </summary>
    /// <returns>Whether this one did.</returns>
    public bool TryCreate(string certificate, string key)
    {
        var parent = System.IO.Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(parent, Owner | UnixFileMode.UserExecute);
        var fresh = new DevTlsFolder($"{path}.{Guid.NewGuid():n}");
        Directory.CreateDirectory(fresh.Path, Owner | UnixFileMode.UserExecute);
        try
        {
            Write(fresh.CertificateFile, certificate);
            Write(fresh.KeyFile, key);
            if (Directory.Exists(path))
                return false;
            Directory.Move(fresh.Path, path);
            return true;
        }
        catch (IOException) when (Directory.Exists(path))
        {
            return false;
        }
        finally
        {
            if (Directory.Exists(fresh.Path))
                Directory.Delete(fresh.Path, recursive: true);
        }
    }

    /// <summary>Moves an authority that is at its end out of the way.</summary>
    public void Retire(DateTimeOffset ended) => Directory.Move(path, $"{path}.ended-{ended:yyyy-MM-dd}-{Guid.NewGuid():n}");

    private static void Write(string file, string text)
    {
        using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner });
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
