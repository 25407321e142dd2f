using System.Globalization;
using System.Text;
using Sluice.Exporter.Rendering;

namespace Sluice.Exporter.Tests.Rendering;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(999999, "999999")]
    [InlineData(1000000, "1e+06")]
    [InlineData(1234567, "1.234567e+06")]
    [InlineData(1704067200, "1.7040672e+09")]
    [InlineData(1714979289, "1.714979289e+09")]
    [InlineData(0.5, "0.5")]
    [InlineData(12.25, "12.25")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(100, "100")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Number_IsWrittenInTheShortestForm(double value, string expected)
    {
        var buffer = new ByteBuffer();
        NumberText.Append(buffer, value);

        Assert.Equal(expected, Encoding.ASCII.GetString(buffer.Span));
        Assert.Equal(expected, NumberText.Format(value));
        if (double.IsFinite(value))
            Assert.Equal(value, double.Parse(expected, CultureInfo.InvariantCulture));
    }
}
