using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Spec.SpecStep;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Every kind of frame in good use (RFC 9113 3.4, 5.1 and 6).</summary>
internal static class GenericFrameCases
{
    private const string Deprecated = "RFC 9113 5.3.2 and 6.3: priorities are deprecated; the frame is only looked at and ignored.";

    private static readonly (SettingId, uint)[] NoWindow = [(SettingId.InitialWindowSize, 0)];

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("generic/1", "the client's preface is answered by the server's", [Raw(Http2Client.Preface), Settings()], Preface) { WithoutHandshake = true },

        new("generic/2", "PRIORITY on an idle stream is taken", [Priority(1, weight: 256)], Accepted) { Since9113 = Deprecated },
        new("generic/2", "WINDOW_UPDATE on a half-closed stream lets its answer through", [Get(1), WindowUpdate(1, 1)], FirstData(1, 1)) { Settings = NoWindow },
        new("generic/2", "PRIORITY on a half-closed stream is taken", [Get(1), Priority(1, weight: 256), WindowUpdate(1, 1)], FirstData(1, 1)) { Settings = NoWindow, Since9113 = Deprecated },
        new("generic/2", "RST_STREAM on a half-closed stream ends it, and nothing else", [Get(1), RstStream(1)], Accepted),
        new("generic/2", "PRIORITY on a closed stream is taken", [Get(1), Answered(1), Priority(1, weight: 256)], Accepted) { Since9113 = Deprecated },

        new("generic/3.1", "a body in one DATA frame", [Post(1), Data(1, "test")], Answer(1)),
        new("generic/3.1", "a body in several DATA frames", [Post(1), Data(1, "te", 0), Data(1, "st")], Answer(1)),
        new("generic/3.1", "a DATA frame with padding", [Post(1), Padded(Data(1, "test"), 8)], Answer(1)),

        new("generic/3.2", "a request in one HEADERS frame", [Get(1)], Answer(1)),
        new("generic/3.2", "a HEADERS frame with padding", [Padded(Get(1), 8)], Answer(1)),
        new("generic/3.2", "a HEADERS frame with priority fields", [WithPriority(Get(1), 0, 256)], Answer(1)) { Since9113 = Deprecated },

        new("generic/3.3", "PRIORITY of weight 1", [Priority(1, weight: 1)], Accepted) { Since9113 = Deprecated },
        new("generic/3.3", "PRIORITY of weight 256", [Priority(1, weight: 256)], Accepted) { Since9113 = Deprecated },
        new("generic/3.3", "PRIORITY that names another stream", [Priority(1, dependsOn: 3, weight: 256)], Accepted) { Since9113 = Deprecated },
        new("generic/3.3", "PRIORITY with the exclusive bit", [Priority(1, dependsOn: 3, weight: 256, exclusive: true)], Accepted) { Since9113 = Deprecated },
        new("generic/3.3", "PRIORITY for an idle stream does not use up lower numbers", [Priority(5, weight: 256), Get(1)], Answer(1)) { Since9113 = Deprecated },

        new("generic/3.4", "RST_STREAM ends a stream and nothing else", [Get(1), RstStream(1)], Accepted),
        new("generic/3.5", "SETTINGS are acknowledged", [Settings((SettingId.MaxConcurrentStreams, 100))], SettingsAcknowledged),
        new("generic/3.7", "PING is answered with the same octets", [Ping("h2 pings")], PingAnswered("h2 pings")),
        new("generic/3.8", "GOAWAY of the client does not end its connection at once", [GoAway(), Get(1)], LastAnswer(1)),
        new("generic/3.9", "WINDOW_UPDATE for the connection", [WindowUpdate(0, 1)], Accepted),
        new("generic/3.9", "WINDOW_UPDATE for a stream", [Get(1), WindowUpdate(1, 1)], Answer(1)),
        new("generic/3.10", "a request whose fields go on in CONTINUATION", [.. Split(1, 2)], Answer(1)),
        new("generic/3.10", "a request whose fields go on in several CONTINUATION frames", [.. Split(1, 4)], Answer(1)),
    ];

    /// <summary>A request in HEADERS and CONTINUATION frames, so many in all.</summary>
    private static IEnumerable<SpecStep> Split(int stream, int frames)
    {
        var parts = FieldBlock.Request("GET", "/").Chunk((FieldBlock.Request("GET", "/").Length + frames - 1) / frames).ToArray();
        for (var i = 0; i < parts.Length; i++)
        {
            var flags = i == parts.Length - 1 ? EndHeaders : 0;
            yield return i == 0 ? Headers(stream, parts[i], flags | EndStream) : Continuation(stream, parts[i], flags);
        }
    }
}
