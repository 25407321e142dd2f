using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>Makes frames: good ones by default, odd ones when told to.</summary>
internal static class Make
{
    public const FrameFlags EndStream = FrameFlags.EndStream;
    public const FrameFlags EndHeaders = FrameFlags.EndHeaders;

    /// <summary>A whole request without a body.</summary>
    public static Frame Get(int stream, string path = "/", params (string Name, string Value)[] fields) =>
        Headers(stream, FieldBlock.Request("GET", path, fields), EndStream | EndHeaders);

    /// <summary>The head of a request whose body follows.</summary>
    public static Frame Post(int stream, string path = "/", params (string Name, string Value)[] fields) =>
        Headers(stream, FieldBlock.Request("POST", path, fields), EndHeaders);

    public static Frame Headers(int stream, byte[] block, FrameFlags flags = EndStream | EndHeaders) => new(FrameType.Headers, flags, stream, block);

    public static Frame Continuation(int stream, byte[] block, FrameFlags flags = EndHeaders) => new(FrameType.Continuation, flags, stream, block);

    public static Frame Data(int stream, string text, FrameFlags flags = EndStream) => new(FrameType.Data, flags, stream, Wire.Bytes(text));

    public static Frame RstStream(int stream, Http2Error error = Http2Error.Cancel) => new(FrameType.RstStream, 0, stream, Number((uint)error));

    public static Frame Ping(string opaque = "8 octets", FrameFlags flags = 0) => new(FrameType.Ping, flags, 0, Wire.Bytes(opaque));

    public static Frame GoAway(int lastStream = 0, Http2Error error = Http2Error.NoError) =>
        new(FrameType.GoAway, 0, 0, [.. Number((uint)lastStream), .. Number((uint)error)]);

    public static Frame WindowUpdate(int stream, int increment) => new(FrameType.WindowUpdate, 0, stream, Number((uint)increment));

    public static Frame Settings(params (SettingId Id, uint Value)[] settings) =>
        new(FrameType.Settings, 0, 0, [.. settings.SelectMany(setting => (byte[])[(byte)((int)setting.Id >> 8), (byte)setting.Id, .. Number(setting.Value)])]);

    public static Frame SettingsAck() => new(FrameType.Settings, FrameFlags.Ack, 0, []);

    /// <param name="stream">Whose priority it is.</param>
    /// <param name="dependsOn">The stream that goes before.</param>
    /// <param name="weight">1 to 256.</param>
    /// <param name="exclusive">Whether what depended on the other stream depends on this one now.</param>
    public static Frame Priority(int stream, int dependsOn = 0, int weight = 16, bool exclusive = false) =>
        new(FrameType.Priority, 0, stream, PriorityFields(dependsOn, weight, exclusive));

    public static Frame PushPromise(int stream, int promised, byte[] block) =>
        new(FrameType.PushPromise, EndHeaders, stream, [.. Number((uint)promised), .. block]);

    /// <summary>The same DATA or HEADERS frame with padding.</summary>
    public static Frame Padded(Frame frame, int padding) =>
        frame with { Flags = frame.Flags | FrameFlags.Padded, Payload = [(byte)padding, .. frame.Payload, .. new byte[padding]] };

    /// <summary>The same DATA or HEADERS frame, which says that it has so much padding, but has none.</summary>
    public static Frame ClaimingPadding(Frame frame, int padding) =>
        frame with { Flags = frame.Flags | FrameFlags.Padded, Payload = [(byte)padding, .. frame.Payload] };

    /// <summary>The same HEADERS frame with priority fields (RFC 9113 5.3.2: to be ignored).</summary>
    public static Frame WithPriority(Frame frame, int dependsOn, int weight = 16, bool exclusive = false) =>
        frame with { Flags = frame.Flags | FrameFlags.Priority, Payload = [.. PriorityFields(dependsOn, weight, exclusive), .. frame.Payload] };

    /// <summary>The same frame with another payload, whatever its type has to say about that.</summary>
    public static Frame WithPayload(this Frame frame, string text) => frame with { Payload = Wire.Bytes(text) };

    private static byte[] PriorityFields(int dependsOn, int weight, bool exclusive) =>
        [.. Number((uint)dependsOn | (exclusive ? 0x8000_0000 : 0)), (byte)(weight - 1)];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
