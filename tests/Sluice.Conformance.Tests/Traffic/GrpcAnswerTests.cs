using Sluice.Conformance.Tests.Support;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class GrpcAnswerTests
{
    [Theory]
    [InlineData(200, "0", 0)]
    [InlineData(200, "12", 12)]
    [InlineData(200, null, 2)]
    [InlineData(404, null, 12)]
    [InlineData(503, null, 14)]
    [InlineData(500, "0", 2)]
    public void Of_StatusAndTrailers_GiveTheGrpcStatus(int http, string? trailer, int expected)
    {
        var fields = trailer is null ? Make.Fields() : Make.Fields(("grpc-status", trailer));

        Assert.Equal(expected, GrpcAnswer.Of(http, fields, GrpcMessage.Empty).Status);
    }

    [Fact]
    public void Parse_Answer_TellsWhatTheBackendSaw()
    {
        // assertions { method "/s/m", headers { "a": "b" }, authority "h", context { namespace "n", pod "p" } }
        byte[] message =
        [
            10, 29,
            10, 4, .. "/s/m"u8,
            18, 6, 10, 1, .. "a"u8, 18, 1, .. "b"u8,
            26, 1, .. "h"u8,
            34, 6, 10, 1, .. "n"u8, 34, 1, .. "p"u8,
            42, 0,
        ];
        message[1] = (byte)(message.Length - 2);

        var seen = GrpcMessage.Parse([0, 0, 0, 0, (byte)message.Length, .. message]);

        Assert.Equal(("/s/m", "h", "n", "p", "b"), (seen.Path, seen.Host, seen.Namespace, seen.Pod, seen.Headers["A"]));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 10, 200 })]
    public void Parse_BrokenMessage_IsRefused(byte[] body) => Assert.Throws<FormatException>(() => GrpcMessage.Parse(body));
}
