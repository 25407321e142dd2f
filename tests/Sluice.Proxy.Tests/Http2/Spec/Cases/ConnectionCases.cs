using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Spec.SpecStep;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Starting, the form of frames, their sizes, field blocks as a unit, errors, extensions (RFC 7540 3.5 to 5.5, RFC 9113 3.4 to 5.5).</summary>
internal static class ConnectionCases
{
    private const FrameType Unknown = (FrameType)0x16;

    private const string Obsolete = "RFC 9113 5.3.1 says no more about it than that priorities are deprecated; RFC 7540 5.3.1 still holds here: nobody means that.";

    private static readonly byte[] Block = FieldBlock.Request("GET", "/");

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/3.5", "the server's preface comes right behind the client's", [Raw(Http2Client.Preface), Settings()], Preface) { WithoutHandshake = true },
        new("http2/3.5", "a wrong preface ends the connection", [Raw("PRI * HTTP/1.0\r\n\r\nSM\r\n\r\n")], new("an end without HTTP/2", ReadRefusalAsync)) { WithoutHandshake = true },

        new("http2/4.1", "a frame of unknown type is ignored", [new Frame(Unknown, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])], Accepted),
        new("http2/4.1", "flags that mean nothing are ignored", [Ping("flagged!", (FrameFlags)0x16)], PingAnswered("flagged!")),
        new("http2/4.1", "the reserved bit is ignored", [Ping("reserved") with { Reserved = true }], PingAnswered("reserved")),

        new("http2/4.2", "a DATA frame of 2^14 octets is taken", [Post(1), Data(1, new string('x', 16_384))], Answer(1)),
        new("http2/4.2", "a DATA frame above SETTINGS_MAX_FRAME_SIZE", [Post(1), Data(1, new string('x', 16_385))], StreamError(1, Http2Error.FrameSizeError)),
        new("http2/4.2", "a HEADERS frame above SETTINGS_MAX_FRAME_SIZE",
            [Headers(1, [.. Block, .. FieldBlock.Of(Enumerable.Repeat(("x-long", new string('x', 4_000)), 5))])], ConnectionError(Http2Error.FrameSizeError)),

        new("http2/4.3", "a field block that cannot be decoded", [Headers(1, FieldBlock.Literal(0x40, "no", "")[..^1])], ConnectionError(Http2Error.CompressionError)),
        new("http2/4.3", "PRIORITY inside a field block", [Headers(1, Block, EndStream), Priority(1), Continuation(1, [])], ConnectionError(Http2Error.ProtocolError)),
        new("http2/4.3", "HEADERS of another stream inside a field block", [Headers(1, Block, EndStream), Get(3)], ConnectionError(Http2Error.ProtocolError)),

        new("http2/5.3.1", "HEADERS whose stream depends on itself", [WithPriority(Get(1), dependsOn: 1)], StreamError(1, Http2Error.ProtocolError)) { Since9113 = Obsolete },
        new("http2/5.3.1", "PRIORITY whose stream depends on itself", [Priority(2, dependsOn: 2)], StreamError(2, Http2Error.ProtocolError)) { Since9113 = Obsolete },

        new("http2/5.4.1", "after a connection error the connection ends", [Ping() with { StreamId = 3 }], ConnectionClose),
        new("http2/5.4.1", "a connection error is told before the end", [Ping() with { StreamId = 3 }], ConnectionError(Http2Error.ProtocolError)),

        new("http2/5.5", "an extension's frame between others is ignored", [new Frame(Unknown, (FrameFlags)0xff, 1, [1, 2, 3]), Get(1)], Answer(1)),
        new("http2/5.5", "an extension's frame inside a field block", [Headers(1, Block, EndStream), new Frame(Unknown, 0, 0, [0, 0]), Continuation(1, [])], ConnectionError(Http2Error.ProtocolError)),
    ];

    /// <summary>On a port that speaks HTTP/1.1, too, what is no preface is a bad request of that; nothing of HTTP/2 may follow.</summary>
    private static async Task ReadRefusalAsync(Http2Client client)
    {
        try
        {
            await client.ReadToEndAsync();
        }
        catch (Proxy.Tests.Support.WireFormatException)
        {
            // The answer of HTTP/1.1: no frame can be found in it.
        }
        Assert.DoesNotContain(client.Received, frame => frame.Type == FrameType.Settings);
    }
}
