using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Sluice.ApiServer.Persistence;

/// <summary>A file that grows by whole lines, each batch of which is on disk when the call returns.</summary>
internal sealed class Journal : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private SafeFileHandle _file;

    /// <param name="path">Made when it does not exist.</param>
    /// <param name="length">Bytes to keep; what is beyond goes.</param>
    public Journal(string path, long length)
    {
        _path = path;
        _file = Open(path, FileMode.OpenOrCreate);
        File.SetUnixFileMode(_file, Private);
        RandomAccess.SetLength(_file, length);
        RandomAccess.FlushToDisk(_file);
        Length = length;
    }

    public long Length { get; private set; }

    /// <summary>False when someone has removed the file.</summary>
    public bool IsInPlace => File.Exists(_path);

    /// <param name="lines">Whole lines.</param>
    /// <param name="flush">False when it does no harm that they get lost with the machine.</param>
    /// <exception cref="IOException">Nothing of it counts as written.</exception>
    public void Append(ReadOnlySpan<byte> lines, bool flush = true)
    {
        // A failed attempt before may have left part of a line.
        if (RandomAccess.GetLength(_file) != Length)
            RandomAccess.SetLength(_file, Length);
        RandomAccess.Write(_file, lines, Length);
        if (flush)
            RandomAccess.FlushToDisk(_file);
        Length += lines.Length;
    }

    /// <summary>Puts other content in place of all that there is, in one step.</summary>
    /// <exception cref="IOException">The content of before is still there, or the new one is, but it is not certain that the disk knows.</exception>
    public void Replace(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        write(buffer);
        var temporary = _path + ".new";
        var fresh = Open(temporary, FileMode.Create);
        try
        {
            RandomAccess.Write(fresh, buffer.WrittenSpan, 0);
            RandomAccess.FlushToDisk(fresh);
            File.Move(temporary, _path, overwrite: true);
        }
        catch
        {
            fresh.Dispose();
            throw;
        }

        // From here on the file of before has no name any more: what goes there would be lost.
        _file.Dispose();
        _file = fresh;
        Length = buffer.WrittenCount;
        LibC.SyncFolder(Path.GetDirectoryName(_path)!);
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = Private, BufferSize = 0 });
        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }
}
