using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Tests.Http2.Hpack;

/// <summary>A decoder whose blocks come as bytes and leave as texts.</summary>
internal sealed class HpackProbe(int tableSize = 4096) : IDisposable
{
    private readonly BufferPool _pool = new();
    private HpackDecoder _decoder = new(tableSize);

    public int TableSize => _decoder.TableSize;

    /// <summary>"name: value" of every field, with " (never indexed)" behind it where that is so; null when the block is malformed.</summary>
    public string[]? Decode(ReadOnlySpan<byte> block)
    {
        var fields = new List<string>();
        var output = new byte[HpackDecoder.MaxLiteralBytes(block.Length) + 4096];
        var position = 0;
        _decoder.Begin();
        while (true)
        {
            var used = 0;
            switch (_decoder.Next(_pool, block, ref position, output, ref used, skip: false, out var field))
            {
                case HpackStatus.End:
                    return [.. fields];
                case HpackStatus.Failed:
                    return null;
            }

            var name = Encoding.Latin1.GetString(output, field.NameOffset, field.NameLength);
            var value = Encoding.Latin1.GetString(output, field.ValueOffset, field.ValueLength);
            if (field.StaticName != 0)
                Assert.Equal(name, Encoding.Latin1.GetString(HpackStaticTable.Name(field.StaticName)));
            fields.Add($"{name}: {value}{(field.NeverIndexed ? " (never indexed)" : "")}");
        }
    }

    public string[]? Decode(string hex) => Decode(Hex(hex));

    /// <summary>Reads a block only for what it leaves in the table; false when it is malformed.</summary>
    public bool Skip(ReadOnlySpan<byte> block)
    {
        var output = new byte[HpackDecoder.MaxLiteralBytes(block.Length)];
        var position = 0;
        _decoder.Begin();
        while (true)
        {
            var used = 0;
            var status = _decoder.Next(_pool, block, ref position, output, ref used, skip: true, out _);
            if (status != HpackStatus.Field)
                return status == HpackStatus.End;
        }
    }

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public void Dispose()
    {
        _decoder.Clear(_pool);
        _pool.Dispose();
    }
}
