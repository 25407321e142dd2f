using Sluice.Proxy.Tests.Http1.Fuzz;

namespace Sluice.Proxy.Tests.Http2.Hpack;

/// <summary>What a decoder must refuse, and what it must survive.</summary>
public sealed class HpackDecoderTests
{
    [Theory]
    [InlineData("6.1 index 0", "80")]
    [InlineData("2.3.3 index behind the tables", "be")]
    [InlineData("2.3.3 huge index", "ff ff ff ff 7f")]
    [InlineData("2.3.3 name index behind the tables", "7e 01 61")]
    [InlineData("5.1 integer without end", "ff 80")]
    [InlineData("5.1 integer that overflows", "ff ff ff ff ff ff ff ff ff 7f")]
    [InlineData("5.1 integer of endless zeros", "ff 80 80 80 80 80 80 80 00")]
    [InlineData("5.2 string longer than the block", "00 05 61 62")]
    [InlineData("5.2 name without value", "00 01 61")]
    [InlineData("5.2 nothing behind the type", "40")]
    [InlineData("5.2 padding of eight bits", "00 82 1f ff 00")]
    [InlineData("5.2 padding of zeros", "00 81 18 00")]
    [InlineData("5.2 end-of-string symbol", "00 84 ff ff ff ff 00")]
    [InlineData("5.2 end-of-string symbol behind an octet", "00 85 1f ff ff ff ff 00")]
    [InlineData("4.2 size update behind a field", "82 20")]
    [InlineData("6.3 size update above the limit", "3f e2 1f")]
    public void Block_Malformed_IsRefused(string rule, string hex)
    {
        using var probe = new HpackProbe();

        Assert.True(probe.Decode(hex) is null, rule);
        using var skipping = new HpackProbe();
        Assert.False(skipping.Skip(HpackProbe.Hex(hex)), rule);
    }

    [Fact]
    public void SizeUpdate_ToNothingAndBack_EmptiesTheTable()
    {
        using var probe = new HpackProbe();
        probe.Decode("400161 0162");
        Assert.Equal(34, probe.TableSize);

        Assert.Equal([":method: GET"], probe.Decode("20 3fe11f 82")!);
        Assert.Equal(0, probe.TableSize);
        Assert.Null(probe.Decode("be"));
    }

    [Fact]
    public void Entry_LargerThanTheTable_EmptiesIt()
    {
        using var probe = new HpackProbe(64);
        probe.Decode("400161 0162");
        Assert.Equal(34, probe.TableSize);

        Assert.NotNull(probe.Decode("40 20 6161616161616161616161616161616161616161616161616161616161616161 0162"));
        Assert.Equal(0, probe.TableSize);
    }

    [Fact]
    public void Block_ThatIsSkipped_StillFillsTheTable()
    {
        using var probe = new HpackProbe();

        Assert.True(probe.Skip(HpackProbe.Hex("82 400161 0162 be be be")));
        Assert.Equal(["a: b"], probe.Decode("be")!);
    }

    [Fact]
    public void Bytes_OfAnyKind_NeverBreakTheDecoder()
    {
        var random = new Random(7541);
        for (var turn = 0; turn < FuzzBudget.Texts(20_000); turn++)
        {
            using var probe = new HpackProbe(random.Next(5) * 100);
            for (var block = 0; block < 4; block++)
            {
                var bytes = new byte[random.Next(80)];
                random.NextBytes(bytes);

                // Mostly literals and low indexes: random octets alone would end at the first one.
                for (var i = 0; i < bytes.Length; i += 3)
                    bytes[i] = (byte)(random.Next(4) switch { 0 => 0x40, 1 => 0x82 + random.Next(70), 2 => random.Next(6), _ => bytes[i] });
                if (probe.Decode(bytes) is null)
                    break;
                Assert.InRange(probe.TableSize, 0, 400);
            }
        }
    }
}
