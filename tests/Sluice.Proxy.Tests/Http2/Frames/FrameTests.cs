using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Tests.Http2.Frames;

/// <summary>Frame headers, frames of fixed form, settings and windows (RFC 9113 4 and 6).</summary>
public sealed class FrameTests
{
    [Theory]
    [InlineData(0, FrameType.Settings, FrameFlags.Ack, 0, "000000040100000000")]
    [InlineData(16384, FrameType.Data, FrameFlags.EndStream, 1, "004000000100000001")]
    [InlineData(0xffffff, (FrameType)0xfe, (FrameFlags)0xff, int.MaxValue, "fffffffeff7fffffff")]
    internal void Header_AnyValues_AreWrittenAndRead(int length, FrameType type, FrameFlags flags, int streamId, string hex)
    {
        var header = new FrameHeader(length, type, flags, streamId);
        var bytes = new byte[FrameHeader.Size];
        header.Write(bytes);

        Assert.Equal(hex, Convert.ToHexStringLower(bytes));
        Assert.Equal(header, FrameHeader.Read(bytes));
        bytes[5] |= 0x80;
        Assert.Equal(header, FrameHeader.Read(bytes));
    }

    [Fact]
    public void Frames_OfFixedForm_AreAsTheRfcDrawsThem()
    {
        var target = new byte[32];
        Assert.Equal("000000040100000000", Hex(target, FrameWriter.SettingsAck(target)));
        Assert.Equal("0000080601000000000102030405060708", Hex(target, FrameWriter.Ping(target, FrameFlags.Ack, [1, 2, 3, 4, 5, 6, 7, 8])));
        Assert.Equal("00000403000000000700000008", Hex(target, FrameWriter.RstStream(target, 7, Http2Error.Cancel)));
        Assert.Equal("0000040800000000057fffffff", Hex(target, FrameWriter.WindowUpdate(target, 5, int.MaxValue)));
        Assert.Equal("0000080700000000000000000b0000000b", Hex(target, FrameWriter.GoAway(target, 11, Http2Error.EnhanceYourCalm)));
        Assert.Equal("0004000fffff", Hex(target, FrameWriter.Setting(target, SettingId.InitialWindowSize, 0xfffff)));
    }

    [Theory]
    [InlineData("000400010000 000500004000 000800000001 f0f000000007", Http2Error.NoError)]
    [InlineData("000480000000", Http2Error.FlowControlError)]
    [InlineData("000500003fff", Http2Error.ProtocolError)]
    [InlineData("000501000000", Http2Error.ProtocolError)]
    [InlineData("000200000002", Http2Error.ProtocolError)]
    [InlineData("000800000002", Http2Error.ProtocolError)]
    [InlineData("000800000001 000800000000", Http2Error.ProtocolError)]
    [InlineData("0004000100", Http2Error.FrameSizeError)]
    internal void Settings_AreAppliedOrRefused(string hex, Http2Error expected)
    {
        var settings = new PeerSettings();

        Assert.Equal(expected == Http2Error.NoError, settings.TryApply(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out var error));
        Assert.Equal(expected, error);
        if (expected == Http2Error.NoError)
            Assert.Equal((65536, 16384, true, 4096u), (settings.InitialWindowSize, settings.MaxFrameSize, settings.EnableConnectProtocol, settings.HeaderTableSize));
    }

    [Fact]
    public void Window_BelowZeroAndAtItsTop_CountsAsTheRfcSays()
    {
        var window = new FlowWindow(100);
        Assert.True(window.TryTake(100));
        Assert.False(window.TryTake(1));

        // SETTINGS_INITIAL_WINDOW_SIZE from 100 to 20 (RFC 9113 6.9.2).
        Assert.True(window.TryAdd(-80));
        Assert.Equal(-80, window.Available);
        Assert.True(window.TryAdd(80));
        Assert.False(window.TryTake(1));
        Assert.True(window.TryAdd(int.MaxValue));
        Assert.False(window.TryAdd(1));
        Assert.Equal(int.MaxValue, window.Available);
    }

    [Fact]
    public void ReceiveWindow_GivesBackInHalves()
    {
        var window = new ReceiveWindow(1000);
        Assert.True(window.TryReceive(1000));
        Assert.False(window.TryReceive(1));

        Assert.Equal(0, window.Return(499));
        Assert.Equal(500, window.Return(1));
        Assert.True(window.TryReceive(500));
        Assert.Equal(500, window.Return(500));
    }

    private static string Hex(byte[] bytes, int length) => Convert.ToHexStringLower(bytes.AsSpan(0, length));
}
