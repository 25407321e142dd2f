using System.Runtime.InteropServices;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Http;

/// <summary>A request's head in memory of its own, where it can be changed in any way. Belongs to one worker; may be used again.</summary>
/// <param name="maxFields">Field lines that it holds.</param>
internal sealed unsafe class EditedHead(int maxFields) : IDisposable
{
    /// <summary>Larger memory than this is not kept for the next request.</summary>
    private const int KeptBytes = 64 * 1024;

    /// <summary>Lines that edits may add to a head that is full.</summary>
    public const int MoreFields = 32;

    private byte* _memory;
    private int _size;
    private int _used;

    public RequestHead Head { get; } = new(maxFields);

    /// <summary>Copies a head; what was there before is lost. False when it has more fields than can be held.</summary>
    public bool TryTake(RequestHead source)
    {
        _used = 0;
        Head.Clear();
        Head.MethodSlice = Append(source.Method);
        Head.AuthoritySlice = Append(source.Authority);
        Head.PathSlice = Append(source.Path);
        Head.QuerySlice = Append(source.Query);
        Head.IsHead = source.IsHead;
        Head.IsIdempotent = source.IsIdempotent;
        Head.Framing = source.Framing;
        Head.ContentLength = source.ContentLength;
        Head.ExpectsContinue = source.ExpectsContinue;
        Head.IsWebSocketUpgrade = source.IsWebSocketUpgrade;
        Head.Nominated = default;
        Head.ExplainTokens = 0;
        foreach (ref readonly var field in source.Fields)
        {
            // Those that Connection names are between the client and this proxy, and the list of them points into the source.
            var name = source.NameOf(field);
            if (source.Nominated.Count > 0 && field.Known != KnownField.TE && source.Nominated.Contains(source, name))
                continue;
            var copy = field;
            copy.NameOffset = Append(name).Offset;
            copy.ValueOffset = Append(source.ValueOf(field)).Offset;
            if (!Head.TryAdd(copy))
                return false;
        }

        return true;
    }

    /// <summary>Applies edits. False when a field does not fit in.</summary>
    public bool TryApply(HeaderEdits edits)
    {
        for (var i = Head.FieldCount - 1; i >= 0; i--)
        {
            if (edits.Removes(Head.NameOf(Head.Fields[i])))
                Head.RemoveAt(i);
        }

        for (var i = 0; i < edits.AppendedCount; i++)
        {
            if (!TryAdd(edits.AppendedName(i), edits.AppendedValue(i)))
                return false;
        }

        return true;
    }

    public void Remove(ReadOnlySpan<byte> name)
    {
        for (var i = Head.FieldCount - 1; i >= 0; i--)
        {
            ref readonly var field = ref Head.Fields[i];
            if (field.NameLength == name.Length && System.Text.Ascii.EqualsIgnoreCase(Head.NameOf(field), name))
                Head.RemoveAt(i);
        }
    }

    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Head.TryAdd(new Field
    {
        NameOffset = Append(name).Offset,
        NameLength = (ushort)name.Length,
        ValueOffset = Append(value).Offset,
        ValueLength = value.Length,
        Known = FieldNames.Classify(name),
    });

    /// <summary>Host with port, valid; the Host field says the same.</summary>
    public bool TrySetAuthority(ReadOnlySpan<byte> authority)
    {
        Remove("host"u8);
        Head.AuthoritySlice = Append(authority);
        return TryAdd("host"u8, authority);
    }

    /// <param name="path">Normalised.</param>
    /// <param name="query">With its "?", or empty.</param>
    public void SetTarget(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        Head.PathSlice = Append(path);
        Head.QuerySlice = Append(query);
    }

    /// <summary>GET, without a body.</summary>
    public void MakeGet()
    {
        Head.MethodSlice = Append("GET"u8);
        Head.IsHead = false;
        Head.IsIdempotent = true;
        Head.Framing = BodyFraming.None;
        Head.ContentLength = -1;
        Head.ExpectsContinue = false;
        Remove("content-type"u8);
        Remove("content-encoding"u8);
    }

    /// <summary>The head is not needed any more.</summary>
    public void Release()
    {
        Head.Clear();
        if (_size > KeptBytes)
            Dispose();
    }

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _size = 0;
    }

    private Slice Append(ReadOnlySpan<byte> bytes)
    {
        if (_size - _used < bytes.Length)
        {
            _size = Math.Max(_used + bytes.Length, Math.Max(1024, 2 * _size));
            _memory = (byte*)NativeMemory.Realloc(_memory, (nuint)_size);
        }

        Head.Buffer = _memory;
        bytes.CopyTo(new Span<byte>(_memory + _used, bytes.Length));
        var slice = new Slice(_used, bytes.Length);
        _used += bytes.Length;
        return slice;
    }
}
