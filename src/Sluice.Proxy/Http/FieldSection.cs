namespace Sluice.Proxy.Http;

/// <summary>
/// Field lines of one head or trailer section, as slices of one buffer that the connection owns. Reused from message to
/// message; valid only until the worker reads again.
/// </summary>
internal unsafe class FieldSection(int maxFields)
{
    private readonly Field[] _fields = new Field[maxFields];

    public int FieldCount { get; private set; }

    public byte* Buffer { get; set; }

    public ReadOnlySpan<Field> Fields => _fields.AsSpan(0, FieldCount);

    public ReadOnlySpan<byte> Get(Slice slice) => new(Buffer + slice.Offset, slice.Length);

    public ReadOnlySpan<byte> NameOf(scoped in Field field) => new(Buffer + field.NameOffset, field.NameLength);

    public ReadOnlySpan<byte> ValueOf(scoped in Field field) => new(Buffer + field.ValueOffset, field.ValueLength);

    public void Clear() => FieldCount = 0;

    /// <summary>Takes a field line out; those behind it move up.</summary>
    public void RemoveAt(int index)
    {
        _fields.AsSpan(index + 1, FieldCount - index - 1).CopyTo(_fields.AsSpan(index));
        FieldCount--;
    }

    /// <summary>Takes every line of a known field out.</summary>
    public void Remove(KnownField known)
    {
        for (var i = FieldCount - 1; i >= 0; i--)
        {
            if (_fields[i].Known == known)
                RemoveAt(i);
        }
    }

    /// <summary>Makes a value shorter, after its first octets were written anew in <see cref="Writable"/>.</summary>
    public void Shorten(int index, int length) => _fields[index].ValueLength = length;

    /// <summary>Gives a field line another value, which must lie in the buffer.</summary>
    public void SetValue(int index, Slice value)
    {
        _fields[index].ValueOffset = value.Offset;
        _fields[index].ValueLength = value.Length;
    }

    /// <summary>The octets of a slice, to be written over. They are this message's alone.</summary>
    public Span<byte> Writable(Slice slice) => new(Buffer + slice.Offset, slice.Length);

    /// <summary>False when the table is full.</summary>
    public bool TryAdd(in Field field)
    {
        if (FieldCount == _fields.Length)
            return false;
        _fields[FieldCount++] = field;
        return true;
    }
}
