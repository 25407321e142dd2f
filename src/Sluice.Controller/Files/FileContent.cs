using System.Runtime.InteropServices;
using Sluice.Controller.Files.Native;

namespace Sluice.Controller.Files;

/// <summary>
/// Reads whole files into memory of its own, outside the garbage collector's, so that a large file leaves nothing behind.
/// Opens nothing that could block.
/// </summary>
internal sealed unsafe class FileContent(int maxBytes) : IDisposable
{
    /// <summary>A buffer that one file made longer than this is given back by <see cref="Trim"/>.</summary>
    private const int KeptBytes = 64 * 1024;

    private byte* _buffer;
    private int _capacity;

    /// <summary>The content, valid until the next call; at most one byte more than the limit, so that the reader refuses it. Throws <see cref="IOException"/>.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="expectedBytes">The file's size when it was looked at.</param>
    public ReadOnlySpan<byte> Read(string path, ulong expectedBytes)
    {
        Reserve((int)Math.Min(expectedBytes + 1, (ulong)maxBytes + 1));
        var descriptor = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
        if (descriptor < 0)
            throw new IOException(LibC.LastErrorMessage());
        try
        {
            var length = 0;
            while (length <= maxBytes)
            {
                if (length == _capacity)
                    Reserve((int)Math.Min(_capacity * 2L, maxBytes + 1L));
                var count = (int)LibC.Read(descriptor, new Span<byte>(_buffer + length, _capacity - length), _capacity - length);
                if (count == 0)
                    break;
                if (count > 0)
                    length += count;
                else if (Marshal.GetLastPInvokeError() != LibC.ErrorInterrupted)
                    throw new IOException(LibC.LastErrorMessage());
            }

            return new ReadOnlySpan<byte>(_buffer, length);
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    /// <summary>Gives a large buffer back.</summary>
    public void Trim()
    {
        if (_capacity > KeptBytes)
            Dispose();
    }

    public void Dispose()
    {
        NativeMemory.Free(_buffer);
        _buffer = null;
        _capacity = 0;
    }

    private void Reserve(int bytes)
    {
        if (bytes <= _capacity)
            return;
        bytes = Math.Max(bytes, 4096);
        _buffer = (byte*)NativeMemory.Realloc(_buffer, (nuint)bytes);
        _capacity = bytes;
    }
}
