using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Spec.SpecStep;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>WINDOW_UPDATE and the windows (RFC 9113 6.9).</summary>
internal static class FlowControlCases
{
    private static readonly (SettingId, uint)[] NoWindow = [(SettingId.InitialWindowSize, 0)];

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/6.9", "WINDOW_UPDATE of 0 for the connection", [WindowUpdate(0, 0)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.9", "WINDOW_UPDATE of 0 for a stream", [Post(1), WindowUpdate(1, 0)], StreamError(1, Http2Error.ProtocolError)),
        new("http2/6.9", "WINDOW_UPDATE of other than four octets", [WindowUpdate(0, 1).WithPayload("six")], ConnectionError(Http2Error.FrameSizeError)),

        new("http2/6.9.1", "an answer keeps to the stream's window", [Settings((SettingId.InitialWindowSize, 1)), Get(1)], FirstData(1, 1)),
        new("http2/6.9.1", "a connection's window above 2^31 - 1", [WindowUpdate(0, int.MaxValue), WindowUpdate(0, int.MaxValue)], ConnectionError(Http2Error.FlowControlError)),
        new("http2/6.9.1", "a stream's window above 2^31 - 1", [Post(1), WindowUpdate(1, int.MaxValue), WindowUpdate(1, int.MaxValue)], StreamError(1, Http2Error.FlowControlError)),

        new("http2/6.9.2", "a larger initial window counts for open streams",
            [Get(1), new(client => client.ResponseWhenAsync(1, response => response.Status == 200)), Settings((SettingId.InitialWindowSize, 1))], FirstData(1, 1)) { Settings = NoWindow },
        new("http2/6.9.2", "a window that a smaller initial one made negative must be filled up first",
            [Settings((SettingId.InitialWindowSize, 3)), Get(1), Received(1, 3), Settings((SettingId.InitialWindowSize, 2)), WindowUpdate(1, 2)], FirstData(1, 1)) { Settings = NoWindow },
        new("http2/6.9.2", "SETTINGS_INITIAL_WINDOW_SIZE above 2^31 - 1", [Settings((SettingId.InitialWindowSize, 0x8000_0000))], ConnectionError(Http2Error.FlowControlError)),
    ];
}
