using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Tests.Http2.Hpack;

/// <summary>Whatever an encoder of the RFC may write is decoded to the same fields; what ours writes is decoded to what it was given.</summary>
public sealed class HpackProperties
{
    private static readonly Gen<string> Name = Gen.Elements("a", "cookie", "x-custom-name", ":path", "content-type", "authorization", "x");

    private static readonly Gen<string> Value =
        from length in Gen.Frequency((4, Gen.Choose(0, 20)), (1, Gen.Choose(100, 700)))
        from octets in Gen.ArrayOf(Gen.Choose(0, 255), length)
        select new string([.. octets.Select(octet => (char)octet)]);

    private static readonly Gen<(string Name, string Value, int Form)> Field =
        from name in Name
        from value in Value
        from form in Gen.Choose(0, 11)
        select (name, value, form);

    private static readonly Gen<(int Table, (string Name, string Value, int Form)[][] Blocks)> Connection =
        from table in Gen.Elements(0, 60, 300, 1000, 4096)
        from blocks in Gen.Choose(1, 8).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, 7).SelectMany(fields => Gen.ArrayOf(Field, fields)), count))
        select (table, blocks);

    [Fact]
    public void Blocks_OfAnyEncoder_GiveItsFields() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(Connection.ToArbitrary(), connection =>
        {
            using var probe = new HpackProbe(connection.Table);
            var encoder = new ReferenceHpackEncoder(connection.Table);
            foreach (var block in connection.Blocks)
            {
                var bytes = encoder.Encode(block);
                var expected = block.Select(field => $"{field.Name}: {field.Value}{(ReferenceHpackEncoder.IsNeverIndexed(field) ? " (never indexed)" : "")}");
                Assert.Equal(expected, probe.Decode(bytes)!);
                Assert.Equal(encoder.TableSize, probe.TableSize);
            }

            return true;
        }));

    [Fact]
    public void Fields_OfOurWriter_AreDecodedAsTheyWere()
    {
        var fields = Gen.Choose(0, 12).SelectMany(count => Gen.ArrayOf(Field, count));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(fields.ToArbitrary(), sample =>
        {
            var writer = new HpackWriter(new byte[64 * 1024]);
            writer.WriteStatus(418);
            foreach (var (name, value, _) in sample)
                writer.WriteField(Encoding.Latin1.GetBytes(name.ToUpperInvariant()), Encoding.Latin1.GetBytes(value));
            using var probe = new HpackProbe();
            var decoded = probe.Decode(writer.Written)!.Select(field => field.Replace(" (never indexed)", "", StringComparison.Ordinal));
            Assert.Equal([":status: 418", .. sample.Select(field => $"{field.Name}: {field.Value}")], decoded);
            return probe.TableSize == 0;
        }));
    }

    [Fact]
    public void Huffman_AnyOctets_AreDecoded() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<byte[]>(octets =>
        {
            var coded = ReferenceHuffman.Encode(octets);
            var target = new byte[HuffmanCode.MaxDecoded(coded.Length)];
            var length = HuffmanCode.Decode(coded, target);
            return length == octets.Length && target.AsSpan(0, length).SequenceEqual(octets);
        }));

    [Fact]
    public void Huffman_EveryOctetAlone_IsDecoded()
    {
        var target = new byte[8];
        for (var octet = 0; octet < 256; octet++)
        {
            Assert.Equal(1, HuffmanCode.Decode(ReferenceHuffman.Encode(octet), target));
            Assert.Equal(octet, target[0]);
        }
    }

    [Theory]
    [InlineData(10, 5, "0a")]
    [InlineData(1337, 5, "1f9a0a")]
    [InlineData(42, 8, "2a")]
    [InlineData(HpackInteger.Max, 4, "0ff0ffff07")]
    public void Integer_OfAnyPrefix_IsReadAndWritten(int value, int prefix, string hex)
    {
        var target = new byte[8];
        var length = HpackInteger.Write(target, 0, prefix, value);
        Assert.Equal(hex, Convert.ToHexStringLower(target.AsSpan(0, length)));
        var position = 0;
        Assert.True(HpackInteger.TryRead(target.AsSpan(0, length), ref position, prefix, out var read));
        Assert.Equal((value, length), (read, position));
    }

    [Fact]
    public void StaticNames_InAnyCase_AreFoundByTheirFirstIndex()
    {
        for (var index = 1; index <= HpackStaticTable.Count; index++)
        {
            var name = Encoding.ASCII.GetString(HpackStaticTable.Name(index));
            Assert.Equal(HpackStaticTable.FirstIndex(index), HpackStaticTable.Find(Encoding.ASCII.GetBytes(name.ToUpperInvariant())));
        }

        Assert.Equal(0, HpackStaticTable.Find("x-unknown"u8));
        Assert.Equal(0, HpackStaticTable.Find(""u8));
    }
}
