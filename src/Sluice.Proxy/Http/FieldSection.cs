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

    /// <summary>False when the table is full.</summary>
    public bool TryAdd(in Field field)
    {
        if (FieldCount == _fields.Length)
            return false;
        _fields[FieldCount++] = field;
        return true;
    }
}
