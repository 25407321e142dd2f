using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Abuse;

/// <summary>The known ways to keep an HTTP/2 server busy (RFC 9113 10.5), each with the vulnerability that made it known.</summary>
internal static class Floods
{
    public static IReadOnlyList<Flood> All { get; } =
    [
        // CVE-2023-44487
        new("rapid reset", "rapid reset", [], i => [Make.Get(Number(i)), Make.RstStream(Number(i))]) { Times = 5_000 },

        // CVE-2025-8671, in the ways that make a server reset
        new("made you reset: window update of 0", "provoked resets", [], i => [Make.Post(Number(i)), Make.WindowUpdate(Number(i), 0)]) { Times = 5_000 },
        new("made you reset: window above 2^31 - 1", "provoked resets", [], i => [Make.Post(Number(i)), Make.WindowUpdate(Number(i), int.MaxValue)]) { Times = 5_000 },
        new("made you reset: DATA beyond content-length", "provoked resets", [], i => [Make.Post(Number(i), "/", ("content-length", "1")), Make.Data(Number(i), "test")]) { Times = 5_000 },
        new("made you reset: malformed heads", "provoked resets", [], i => [Make.Get(Number(i), "/", ("connection", "close"))]) { Times = 5_000 },
        new("made you reset: malformed trailers", "provoked resets", [], i => [Make.Post(Number(i)), Make.Headers(Number(i), FieldBlock.Of((":path", "/")))]) { Times = 5_000 },
        new("made you reset: PRIORITY of the wrong size", "provoked resets", [], i => [Make.Post(Number(i)), Make.Priority(Number(i)).WithPayload("four")]) { Times = 5_000 },

        // CVE-2019-9512
        new("PING", "ping flood", [], _ => [Make.Ping()]),

        // CVE-2019-9515
        new("SETTINGS", "settings flood", [], _ => [Make.Settings()]),
        new("SETTINGS that change all windows", "settings flood", [Make.Post(1)], i => [Make.Settings((SettingId.InitialWindowSize, (uint)(i % 2 * 1000)))]),
        new("SETTINGS acknowledgements", "settings flood", [], _ => [Make.SettingsAck()]),

        // CVE-2019-9518
        new("empty DATA", "empty frame flood", [Make.Post(1)], _ => [Make.Data(1, "", 0)]),
        new("DATA of nothing but padding", "empty frame flood", [Make.Post(1)], _ => [Make.Padded(Make.Data(1, "", 0), 0)]),

        // CVE-2024-27316 and its kin
        new("CONTINUATION", "endless field block", [Make.Headers(1, FieldBlock.Request("GET", "/"), Make.EndStream)], _ => [Make.Continuation(1, FieldBlock.Of(("x-a", new string('x', 1_000))), 0)]),
        new("empty CONTINUATION", "endless field block", [Make.Headers(1, FieldBlock.Request("GET", "/"), Make.EndStream)], _ => [Make.Continuation(1, [], 0)]),

        // CVE-2019-9513
        new("PRIORITY", "priority flood", [], i => [Make.Priority(Number(i % 1000), dependsOn: Number(i % 7 + 1000))]),

        // CVE-2019-9511 has windows for its lever
        new("WINDOW_UPDATE of the connection", "window update flood", [], _ => [Make.WindowUpdate(0, 1)]),
        new("WINDOW_UPDATE of a stream", "window update flood", [Make.Post(1)], _ => [Make.WindowUpdate(1, 1)]),

        new("unknown frames", "stray frame flood", [], _ => [new Frame((FrameType)0x16, 0, 0, [])]),
        new("RST_STREAM of streams that are gone", "stray frame flood", [Make.Post(1), Make.RstStream(1)], _ => [Make.RstStream(1)]),
        new("GOAWAY", "settings flood", [], _ => [Make.GoAway()]),
    ];

    public static Flood Get(string name) => All.Single(flood => flood.Name == name);

    private static int Number(int i) => 2 * i + 1;
}
