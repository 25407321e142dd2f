using Sluice.Proxy.Http;

namespace Sluice.Proxy.Calls;

/// <summary>The fields of an answer, in memory that is kept from answer to answer.</summary>
internal sealed class ReceivedFields
{
    private readonly List<(int Name, int NameLength, int Value, int ValueLength)> _fields = [];
    private byte[] _bytes = new byte[512];
    private int _length;

    public int Count => _fields.Count;

    /// <summary>In lower case.</summary>
    public ReadOnlySpan<byte> Name(int index) => _bytes.AsSpan(_fields[index].Name, _fields[index].NameLength);

    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(_fields[index].Value, _fields[index].ValueLength);

    public void Clear()
    {
        _fields.Clear();
        _length = 0;
    }

    /// <summary>Copies those that are not of the connection alone.</summary>
    public void Take(ResponseHead head)
    {
        Clear();
        foreach (ref readonly Field field in head.Fields)
        {
            ReadOnlySpan<byte> name = head.NameOf(field), value = head.ValueOf(field);
            if (FieldNames.IsHopByHop(field.Known) || (head.Nominated.Count > 0 && head.Nominated.Contains(head, name)))
                continue;
            if (_bytes.Length - _length < name.Length + value.Length)
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + name.Length + value.Length));
            System.Text.Ascii.ToLower(name, _bytes.AsSpan(_length), out _);
            value.CopyTo(_bytes.AsSpan(_length + name.Length));
            _fields.Add((_length, name.Length, _length + name.Length, value.Length));
            _length += name.Length + value.Length;
        }
    }
}
