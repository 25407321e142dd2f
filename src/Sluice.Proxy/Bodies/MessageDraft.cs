using System.Runtime.InteropServices;
using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Bodies;

/// <summary>
/// A head in memory of its own, so that it can be changed, and kept while its body comes. Names that Connection nominates, and the fields
/// of one hop, are not taken over: nothing passes them on. Belongs to one worker; may be used again.
/// </summary>
internal abstract unsafe class MessageDraft : IDisposable
{
    /// <summary>Larger memory than this is not kept for the next message.</summary>
    private const int KeptBytes = 64 * 1024;

    private byte* _memory;
    private int _size;
    private int _used;

    /// <summary>Octets of the head by now, replaced ones included.</summary>
    public int Bytes => _used;

    public abstract FieldSection Fields { get; }

    /// <summary>The value of the first field of that name; false when there is none.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var fields = Fields;
        foreach (ref readonly var field in fields.Fields)
        {
            if (field.NameLength != name.Length || !Ascii.EqualsIgnoreCase(fields.NameOf(field), name))
                continue;
            value = fields.ValueOf(field);
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>How many fields of that name there are.</summary>
    public int Count(ReadOnlySpan<byte> name)
    {
        var count = 0;
        var fields = Fields;
        foreach (ref readonly var field in fields.Fields)
        {
            if (field.NameLength == name.Length && Ascii.EqualsIgnoreCase(fields.NameOf(field), name))
                count++;
        }
        return count;
    }

    /// <summary>Takes out all fields of that name.</summary>
    public void Remove(ReadOnlySpan<byte> name)
    {
        var fields = Fields;
        for (var i = fields.FieldCount - 1; i >= 0; i--)
        {
            if (fields.Fields[i].NameLength == name.Length && Ascii.EqualsIgnoreCase(fields.NameOf(fields.Fields[i]), name))
                fields.RemoveAt(i);
        }
    }

    /// <summary>Adds a field behind the others. False when there are too many. The value must be one.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var nameSlice = Append(name);
        var valueSlice = Append(value);
        return Fields.TryAdd(new Field
        {
            NameOffset = nameSlice.Offset,
            NameLength = (ushort)name.Length,
            ValueOffset = valueSlice.Offset,
            ValueLength = value.Length,
            Known = FieldNames.Classify(name),
        });
    }

    public virtual void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _size = _used = 0;
    }

    /// <summary>Forgets the message; large memory goes back to the system.</summary>
    public void Forget()
    {
        Fields.Clear();
        _used = 0;
        if (_size > KeptBytes)
            Dispose();
    }

    /// <summary>Makes a copy of some octets a part of the head. They may be the head's own.</summary>
    protected Slice Append(ReadOnlySpan<byte> bytes)
    {
        if (_size - _used < bytes.Length)
        {
            // The octets may lie in the old memory: they are copied before it goes.
            var size = Math.Max(4096, Math.Max(_size * 2, _used + bytes.Length));
            var memory = (byte*)NativeMemory.Alloc((nuint)size);
            new ReadOnlySpan<byte>(_memory, _used).CopyTo(new Span<byte>(memory, size));
            bytes.CopyTo(new Span<byte>(memory + _used, bytes.Length));
            NativeMemory.Free(_memory);
            _memory = memory;
            _size = size;
        }
        else
        {
            bytes.CopyTo(new Span<byte>(_memory + _used, bytes.Length));
        }
        var slice = new Slice(_used, bytes.Length);
        _used += bytes.Length;
        Fields.Buffer = _memory;
        return slice;
    }

    /// <summary>Takes over the fields of a message that are passed on at all.</summary>
    protected void TakeFields(FieldSection source, in NominatedFields nominated)
    {
        foreach (ref readonly var field in source.Fields)
        {
            var name = source.NameOf(field);
            if (IsOfOneHop(field.Known) || (nominated.Count > 0 && field.Known != KnownField.TE && nominated.Contains(source, name)))
                continue;
            var copy = field;
            copy.NameOffset = Append(name).Offset;
            copy.ValueOffset = Append(source.ValueOf(field)).Offset;
            Fields.TryAdd(copy);
        }
    }

    // TE stays: that it takes trailers is said anew to the backend.
    private static bool IsOfOneHop(KnownField known) => known != KnownField.TE && FieldNames.IsHopByHop(known);
}
