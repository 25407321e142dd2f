using Sluice.Proxy.Http2.Frames;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>SETTINGS: form, values, acknowledgement (RFC 9113 6.5).</summary>
internal static class SettingsCases
{
    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/6.5", "an acknowledgement with a payload", [SettingsAck() with { Payload = [0] }], ConnectionError(Http2Error.FrameSizeError)),
        new("http2/6.5", "SETTINGS on a stream", [Settings() with { StreamId = 1 }], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.5", "SETTINGS of other than a multiple of six octets", [Settings() with { Payload = "three"u8.ToArray() }], ConnectionError(Http2Error.FrameSizeError)),

        new("http2/6.5.2", "SETTINGS_ENABLE_PUSH of other than 0 and 1", [Settings((SettingId.EnablePush, 2))], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.5.2", "SETTINGS_INITIAL_WINDOW_SIZE above 2^31 - 1", [Settings((SettingId.InitialWindowSize, 0x8000_0000))], ConnectionError(Http2Error.FlowControlError)),
        new("http2/6.5.2", "SETTINGS_MAX_FRAME_SIZE below 2^14", [Settings((SettingId.MaxFrameSize, 16_383))], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.5.2", "SETTINGS_MAX_FRAME_SIZE above 2^24 - 1", [Settings((SettingId.MaxFrameSize, 0x0100_0000))], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.5.2", "a parameter of unknown number is ignored", [Settings(((SettingId)0xff, 1))], Accepted),

        new("http2/6.5.3", "of one parameter twice the last value counts", [Settings((SettingId.InitialWindowSize, 100), (SettingId.InitialWindowSize, 1)), Get(1)], FirstData(1, 1)),
        new("http2/6.5.3", "SETTINGS are acknowledged at once", [Settings()], SettingsAcknowledged),
    ];
}
