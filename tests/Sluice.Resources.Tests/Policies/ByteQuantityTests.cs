using Sluice.Resources.Reading.Binding.Policies;

namespace Sluice.Resources.Tests.Policies;

public sealed class ByteQuantityTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("65536", 65_536)]
    [InlineData("64Ki", 65_536)]
    [InlineData("1.5Mi", 1_572_864)]
    [InlineData("10M", 10_000_000)]
    [InlineData("2k", 2_000)]
    [InlineData("4Gi", 4_294_967_296)]
    [InlineData("1Ti", 1_099_511_627_776)]
    public void TryParse_Quantity_IsItsBytes(string text, long bytes)
    {
        Assert.True(ByteQuantity.TryParse(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ki")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("1 Ki")]
    [InlineData("0.5")]
    [InlineData("1K")]
    [InlineData("1iK")]
    [InlineData("1m")]
    [InlineData("999999999999999999Ti")]
    [InlineData("1111111111111111111111")]
    public void TryParse_Anything_Else_IsNone(string text) => Assert.False(ByteQuantity.TryParse(text, out _));
}
