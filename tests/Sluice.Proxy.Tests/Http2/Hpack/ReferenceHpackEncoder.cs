using System.Text;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Tests.Http2.Hpack;

/// <summary>
/// Writes fields in every form that RFC 7541 6 has, with a dynamic table kept as plainly as the RFC describes it. The form of a
/// field decides: 0 to 2 without indexing, 3 to 5 never indexed, 6 to 8 indexed, 9 to 11 by reference where the table has it.
/// Every third uses Huffman coding, every third refers to names.
/// </summary>
internal sealed class ReferenceHpackEncoder(int tableSize)
{
    private readonly List<(string Name, string Value)> _table = [];

    public int TableSize => _table.Sum(entry => entry.Name.Length + entry.Value.Length + 32);

    public static bool IsNeverIndexed((string Name, string Value, int Form) field) => field.Form is >= 3 and <= 5;

    public byte[] Encode(IEnumerable<(string Name, string Value, int Form)> fields)
    {
        var block = new List<byte>();
        foreach (var field in fields)
            Encode(block, field.Name, field.Value, field.Form);
        return [.. block];
    }

    private void Encode(List<byte> block, string name, string value, int form)
    {
        var known = _table.IndexOf((name, value));
        if (form >= 9 && known >= 0)
        {
            Integer(block, 0x80, 7, HpackStaticTable.Count + 1 + known);
            return;
        }

        var (first, prefix) = form switch { <= 2 => (0x00, 4), <= 5 => (0x10, 4), _ => (0x40, 6) };
        var named = _table.FindIndex(entry => entry.Name == name);
        if (form % 3 == 1 && named >= 0)
        {
            Integer(block, first, prefix, HpackStaticTable.Count + 1 + named);
        }
        else if (form % 3 == 1 && HpackStaticTable.Find(Encoding.Latin1.GetBytes(name)) is var index and > 0)
        {
            Integer(block, first, prefix, index);
        }
        else
        {
            block.Add((byte)first);
            String(block, name, form % 3 == 2);
        }

        String(block, value, form % 3 == 2);
        if (form >= 6)
            Add(name, value);
    }

    private void Add(string name, string value)
    {
        _table.Insert(0, (name, value));
        while (TableSize > tableSize)
            _table.RemoveAt(_table.Count - 1);
    }

    private static void String(List<byte> block, string text, bool huffman)
    {
        var octets = Encoding.Latin1.GetBytes(text);
        if (huffman)
            octets = ReferenceHuffman.Encode(octets);
        Integer(block, huffman ? 0x80 : 0, 7, octets.Length);
        block.AddRange(octets);
    }

    private static void Integer(List<byte> block, int first, int prefix, int value)
    {
        var max = (1 << prefix) - 1;
        block.Add((byte)(first | Math.Min(value, max)));
        if (value < max)
            return;
        for (value -= max; value >= 128; value /= 128)
            block.Add((byte)(value % 128 + 128));
        block.Add((byte)value);
    }
}
