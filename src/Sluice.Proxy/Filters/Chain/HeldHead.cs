using System.Runtime.InteropServices;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>A request's head in memory of its own, for as long as a filter waits. Belongs to one worker; may be used again.</summary>
internal sealed unsafe class HeldHead(int maxFields) : IDisposable
{
    private byte* _memory;
    private int _size;

    public RequestHead Head { get; } = new(maxFields);

    /// <summary>Copies a head. What was held before is lost.</summary>
    public void Take(RequestHead source)
    {
        int needed = source.MethodSlice.Length + source.AuthoritySlice.Length + source.PathSlice.Length + source.QuerySlice.Length;
        for (int i = 0; i < source.Nominated.Count; i++)
            needed += source.Nominated[i].Length;
        foreach (ref readonly Field field in source.Fields)
            needed += field.NameLength + field.ValueLength;
        if (needed > _size)
        {
            _memory = (byte*)NativeMemory.Realloc(_memory, (nuint)needed);
            _size = needed;
        }

        Head.Clear();
        Head.Buffer = _memory;
        int at = 0;
        Head.MethodSlice = Copy(source.Method, ref at);
        Head.AuthoritySlice = Copy(source.Authority, ref at);
        Head.PathSlice = Copy(source.Path, ref at);
        Head.QuerySlice = Copy(source.Query, ref at);
        Head.IsHead = source.IsHead;
        Head.IsIdempotent = source.IsIdempotent;
        Head.Framing = source.Framing;
        Head.ContentLength = source.ContentLength;
        Head.ExpectsContinue = source.ExpectsContinue;
        Head.IsWebSocketUpgrade = source.IsWebSocketUpgrade;
        Head.Nominated = default;
        for (int i = 0; i < source.Nominated.Count; i++)
            Head.Nominated.TryAdd(Copy(source.Get(source.Nominated[i]), ref at));
        foreach (ref readonly Field field in source.Fields)
        {
            Field copy = field;
            copy.NameOffset = Copy(source.NameOf(field), ref at).Offset;
            copy.ValueOffset = Copy(source.ValueOf(field), ref at).Offset;
            if (!Head.TryAdd(copy))
                throw new ArgumentException("The head has more fields than can be held.", nameof(source));
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // Of requests that still wait when the process stops serving nobody gives the memory back.
    ~HeldHead() => Free();

    private void Free()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _size = 0;
    }

    private Slice Copy(ReadOnlySpan<byte> bytes, ref int at)
    {
        bytes.CopyTo(new Span<byte>(_memory + at, bytes.Length));
        var slice = new Slice(at, bytes.Length);
        at += bytes.Length;
        return slice;
    }
}
