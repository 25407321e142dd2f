using System.Buffers.Binary;
using System.Security.Cryptography;
using Sluice.Configuration.Json;
using Sluice.Configuration.Streaming;

namespace Sluice.Controller.ProxyMode;

/// <summary>
/// The last good configuration in a file, for a proxy that starts while the controller is away: updates as they come over the stream,
/// one after the other; written anew when they have grown larger than the configuration itself. Each ends in a checksum of all that
/// stands before it: what the disk has changed is not served.
///
/// Private keys are written only where the folder is memory (tmpfs), which a disk never sees. Encrypting them would protect nothing:
/// the key for that would have to lie beside them. From a disk the proxy gets them again with the controller's first update.
/// </summary>
internal sealed class ConfigurationJournal : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Bytes of updates that are always added before all is written anew.</summary>
    private const long MinAppended = 256 * 1024;

    /// <summary>Stands behind each update, with SHA-256 of all bytes before it. A type that the stream does not have.</summary>
    private const FrameType Checksum = (FrameType)255;

    private const int HeadBytes = 5;

    private readonly Action<string> _onProblem;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _file;
    private ConfigurationTables? _saved; // What the file ends with; null: not known.
    private string _gateway = "";
    private long _version;
    private long _fullBytes;
    private long _appended;

    private ConfigurationJournal(string file, Secrets secrets, Action<string> onProblem)
    {
        File = file;
        Secrets = secrets;
        _onProblem = onProblem;
    }

    public string File { get; }

    /// <summary>Whether private keys are kept.</summary>
    public Secrets Secrets { get; }

    /// <summary>Makes the folder when there is none.</summary>
    /// <param name="folder">For this proxy alone.</param>
    /// <param name="onProblem">Told what could not be read or kept; the proxy goes on without.</param>
    /// <param name="secrets">Null: by the folder's kind of file system.</param>
    /// <exception cref="ProxyModeException">The folder cannot be made or written to.</exception>
    public static ConfigurationJournal Open(string folder, Action<string> onProblem, Secrets? secrets = null)
    {
        try
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
            var probe = Path.Combine(folder, "configuration.new");
            using (Create(probe))
            {
                // It can be written to, which is better known now than with the first configuration.
            }

            var isMemory = new DriveInfo(Path.GetFullPath(folder)).DriveFormat is "tmpfs" or "ramfs";
            return new ConfigurationJournal(Path.Combine(folder, "configuration"), secrets ?? (isMemory ? Secrets.Included : Secrets.Hidden), onProblem);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProxyModeException($"--state-dir {folder}: {error.Message}", error);
        }
    }

    /// <summary>Reads the last configuration that was kept whole; null when there is none of this Gateway.</summary>
    public ConfigurationTables? Load(string gateway)
    {
        _gateway = gateway;
        var reader = new UpdateReader();
        try
        {
            using var file = new FileStream(File, FileMode.Open, FileAccess.Read);
            var (frames, isDamaged) = CheckAsync(file).GetAwaiter().GetResult();
            if (isDamaged)
                _onProblem($"the configuration kept in {File} is damaged; what stands before the damage is used");
            file.Position = 0;
            ReadAsync(file, frames, reader, gateway).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StreamFormatException)
        {
            // A run that was killed in the middle of an update: what was before it is whole.
            if (reader.Version == 0)
                _onProblem($"the configuration kept in {File} cannot be read: {error.Message}");
        }

        return reader.Version > 0 ? reader.Current : null;
    }

    /// <summary>Keeps a configuration that is in force.</summary>
    public void Save(ConfigurationTables tables)
    {
        if (ReferenceEquals(tables, _saved))
            return;
        try
        {
            if (_file is null || _saved is null || _appended > Math.Max(MinAppended, _fullBytes))
                WriteAll(tables);
            else
                Append(tables);
            _saved = tables;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next one is written whole.
            _saved = null;
            _onProblem($"the configuration cannot be kept in {File}: {error.Message}");
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash.Dispose();
    }

    /// <summary>How many frames stand before the last checksum that is right, and whether one is wrong; a file that just ends is not damaged.</summary>
    private static async Task<(int Frames, bool IsDamaged)> CheckAsync(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var frames = new FrameReader(file, StreamMessages.MaxControllerBytes);
        var (seen, good) = (0, 0);
        try
        {
            while (await frames.ReadAsync(CancellationToken.None) is { } frame)
            {
                seen++;
                if (frame.Type == Checksum)
                {
                    if (!frame.Payload.Span.SequenceEqual(hash.GetCurrentHash()))
                        return (good, true);
                    good = seen;
                }

                hash.AppendData(Head(frame.Payload.Length, frame.Type));
                hash.AppendData(frame.Payload.Span);
            }
        }
        catch (StreamFormatException)
        {
            // Cut within a frame.
        }

        return (good, false);
    }

    private static async Task ReadAsync(FileStream file, int count, UpdateReader reader, string gateway)
    {
        if (count == 0)
            throw new StreamFormatException("it holds no whole configuration");
        var frames = new FrameReader(file, StreamMessages.MaxControllerBytes);
        if (await frames.ReadAsync(CancellationToken.None) is not { Type: FrameType.Hello } first)
            throw new StreamFormatException("it does not begin as it must");
        var hello = StreamMessages.ReadHello(first.Payload);
        if (hello.Protocol != Hello.Current)
            throw new StreamFormatException($"it was written in version {hello.Protocol} of the format, this is version {Hello.Current}");
        if (hello.Proxy != gateway)
            throw new StreamFormatException($"it is of Gateway {hello.Proxy}, not of {gateway}");
        for (var i = 1; i < count && await frames.ReadAsync(CancellationToken.None) is { } frame; i++)
        {
            if (frame.Type != Checksum)
                reader.Read(frame.Type, frame.Payload);
        }
    }

    private void WriteAll(ConfigurationTables tables)
    {
        _file?.Dispose();
        _file = null;
        var fresh = File + ".new";
        var file = Create(fresh);
        try
        {
            _ = _hash.GetHashAndReset();
            Write(file, StreamMessages.Write(new Hello(Hello.Current, tables.Configuration.Gateway, null)));
            UpdateWriter.Write(ConfigurationTables.Empty, tables, version: 1, UpdateBase.Nothing, baseVersion: 0, Secrets, frame => Write(file, frame));
            Seal(file);
            file.Flush(flushToDisk: true);
            System.IO.File.Move(fresh, File, overwrite: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        (_file, _version, _fullBytes, _appended) = (file, 1, file.Length, 0);
    }

    private void Append(ConfigurationTables tables)
    {
        var file = _file!;
        UpdateWriter.Write(_saved!, tables, _version + 1, UpdateBase.Version, _version, Secrets, frame => Write(file, frame));
        Seal(file);
        file.Flush();
        _version++;
        _appended = file.Length - _fullBytes;
    }

    private void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        _hash.AppendData(bytes);
    }

    private void Seal(FileStream file) => Write(file, [.. Head(SHA256.HashSizeInBytes, Checksum), .. _hash.GetCurrentHash()]);

    private static byte[] Head(int length, FrameType type)
    {
        var head = new byte[HeadBytes];
        BinaryPrimitives.WriteInt32BigEndian(head, length);
        head[HeadBytes - 1] = (byte)type;
        return head;
    }

    private static FileStream Create(string path)
    {
        System.IO.File.Delete(path);
        return new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner, BufferSize = 16 * 1024 });
    }
}
