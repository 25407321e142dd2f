namespace Sluice.Proxy.Http;

/// <summary>
/// The head of a request, whatever protocol brought it: slices of one buffer that the connection owns. Reused from request to
/// request, and valid only until the worker reads again; who needs it longer copies it.
/// </summary>
internal sealed unsafe class RequestHead
{
    private readonly Field[] _fields;
    private byte* _buffer;

    public RequestHead(int maxFields) => _fields = new Field[maxFields];

    public int FieldCount { get; set; }

    public int MaxFields => _fields.Length;

    public Slice MethodSlice;
    public Slice AuthoritySlice;

    /// <summary>Absolute path, normalised enough to be matched; without query.</summary>
    public Slice PathSlice;

    /// <summary>From "?" on, or empty.</summary>
    public Slice QuerySlice;

    public ReadOnlySpan<byte> Method => Get(MethodSlice);

    /// <summary>Host with port, as received.</summary>
    public ReadOnlySpan<byte> Authority => Get(AuthoritySlice);

    public ReadOnlySpan<byte> Path => Get(PathSlice);

    /// <summary>With its leading "?", or empty.</summary>
    public ReadOnlySpan<byte> Query => Get(QuerySlice);

    public ReadOnlySpan<Field> Fields => _fields.AsSpan(0, FieldCount);

    /// <summary>Space for the parser, which also sets <see cref="FieldCount"/>.</summary>
    public Field[] FieldTable => _fields;

    public byte* Buffer
    {
        get => _buffer;
        set => _buffer = value;
    }

    public ReadOnlySpan<byte> Get(Slice slice) => new(_buffer + slice.Offset, slice.Length);

    public ReadOnlySpan<byte> NameOf(in Field field) => new(_buffer + field.NameOffset, field.NameLength);

    public ReadOnlySpan<byte> ValueOf(in Field field) => new(_buffer + field.ValueOffset, field.ValueLength);
}
