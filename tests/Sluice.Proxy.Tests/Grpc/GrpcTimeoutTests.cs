using System.Text;
using Sluice.Proxy.Grpc;

namespace Sluice.Proxy.Tests.Grpc;

/// <summary>gRPC over HTTP/2: Timeout → "grpc-timeout" TimeoutValue TimeoutUnit, one to eight digits.</summary>
public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", 3_600_000L)]
    [InlineData("99999999H", 99_999_999L * 3_600_000)]
    [InlineData("2M", 120_000L)]
    [InlineData("3S", 3_000L)]
    [InlineData("00000004m", 4L)]
    [InlineData("1500u", 2L)]
    [InlineData("1n", 1L)]
    [InlineData("0S", 1L)]
    public void TryRead_Valid_GivesMillisecondsRoundedUp(string value, long milliseconds)
    {
        Assert.True(GrpcTimeout.TryRead(Encoding.ASCII.GetBytes(value), out var actual));
        Assert.Equal(milliseconds, actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("1h")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    [InlineData("1 S")]
    public void TryRead_Invalid_IsFalse(string value) => Assert.False(GrpcTimeout.TryRead(Encoding.ASCII.GetBytes(value), out _));
}
