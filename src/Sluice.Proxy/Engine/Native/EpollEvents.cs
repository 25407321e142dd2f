using System.Runtime.InteropServices;

namespace Sluice.Proxy.Engine.Native;

/// <summary>
/// An array of struct epoll_event. The struct is packed to 12 bytes on x64 only; everywhere else the data stands at offset 8
/// and the size is 16.
/// </summary>
internal sealed unsafe class EpollEvents : IDisposable
{
    private readonly byte* _events;

    public EpollEvents(int capacity, Architecture architecture)
    {
        Capacity = capacity;
        DataOffset = architecture == Architecture.X64 ? 4 : 8;
        Stride = DataOffset + 8;
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * Stride));
    }

    public int Capacity { get; }

    public int DataOffset { get; }

    public int Stride { get; }

    public void* Pointer => _events;

    public uint Flags(int index) => *(uint*)(_events + (index * Stride));

    public ulong Data(int index) => *(ulong*)(_events + (index * Stride) + DataOffset);

    /// <summary>Fills one entry and returns its address, as epoll_ctl wants it.</summary>
    public void* Set(int index, uint flags, ulong data)
    {
        var entry = _events + (index * Stride);
        *(uint*)entry = flags;
        *(ulong*)(entry + DataOffset) = data;
        return entry;
    }

    public void Dispose() => NativeMemory.Free(_events);
}
