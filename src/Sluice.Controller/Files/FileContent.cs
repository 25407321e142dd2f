using System.Runtime.InteropServices;
using Sluice.Controller.Files.Native;

namespace Sluice.Controller.Files;

/// <summary>Reads whole files into one buffer that is used again, opening nothing that could block.</summary>
internal sealed class FileContent(int maxBytes)
{
    /// <summary>A longer buffer is dropped after its file.</summary>
    private const int KeptBuffer = 1 << 20;

    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>The content, valid until the next call; at most one byte more than the limit, so that the reader refuses it. Throws <see cref="IOException"/>.</summary>
    public ReadOnlyMemory<byte> Read(string path)
    {
        if (_buffer.Length > KeptBuffer)
            _buffer = new byte[16 * 1024];
        var descriptor = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
        if (descriptor < 0)
            throw new IOException(LibC.LastErrorMessage());
        try
        {
            var length = 0;
            while (length <= maxBytes)
            {
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 4L, maxBytes + 1L));
                var count = (int)LibC.Read(descriptor, _buffer.AsSpan(length), _buffer.Length - length);
                if (count == 0)
                    break;
                if (count > 0)
                    length += count;
                else if (Marshal.GetLastPInvokeError() != LibC.ErrorInterrupted)
                    throw new IOException(LibC.LastErrorMessage());
            }

            return _buffer.AsMemory(0, length);
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }
}
