using System.Numerics;
using System.Runtime.InteropServices;

namespace Sluice.Proxy.Engine;

/// <summary>
/// Native buffers of one worker, in powers of two from 512 bytes to 1 MiB. Connections take a buffer only while bytes wait, so an
/// idle connection holds none. Not shared between threads.
/// </summary>
internal sealed unsafe class BufferPool : IDisposable
{
    private const int SmallestLog = 9;

    /// <summary>Smallest buffer for bytes that come from or go to a socket: more of them will follow.</summary>
    private const int SmallestQueue = 4096;

    private const int LargestLog = 20;

    /// <summary>At most this many bytes of each size are kept for reuse; the rest goes back to the system.</summary>
    private const int KeptBytesPerSize = 1 << 20;

    private readonly Stack<nint>[] _free = new Stack<nint>[LargestLog - SmallestLog + 1];

    public BufferPool()
    {
        for (var i = 0; i < _free.Length; i++)
            _free[i] = new Stack<nint>();
    }

    /// <summary>The size of a queue's buffer that so many bytes fit in.</summary>
    public static int SizeFor(int bytes) => Math.Max(SmallestQueue, (int)BitOperations.RoundUpToPowerOf2((uint)bytes));

    public byte* Rent(int size)
    {
        var index = BitOperations.Log2((uint)size) - SmallestLog;
        if (index < _free.Length && _free[index].TryPop(out var buffer))
            return (byte*)buffer;
        return (byte*)NativeMemory.Alloc((nuint)size);
    }

    public void Return(byte* buffer, int size)
    {
        var index = BitOperations.Log2((uint)size) - SmallestLog;
        if (index < _free.Length && (long)_free[index].Count * size < KeptBytesPerSize)
            _free[index].Push((nint)buffer);
        else
            NativeMemory.Free(buffer);
    }

    /// <summary>Gives the unused buffers back to the system.</summary>
    public void Dispose()
    {
        foreach (var free in _free)
        {
            while (free.TryPop(out var buffer))
                NativeMemory.Free((void*)buffer);
        }
    }
}
