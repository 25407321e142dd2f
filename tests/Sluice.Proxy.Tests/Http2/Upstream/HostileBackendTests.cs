using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>Backends that break the rules of the connection (RFC 9113 5.4.1): it ends with the right code, and the next one serves.</summary>
public sealed class HostileBackendTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    public static TheoryData<string, uint> Faults => new()
    {
        { "4.2 frame too large", (uint)Http2Error.FrameSizeError },
        { "4.3 undecodable field block", (uint)Http2Error.CompressionError },
        { "5.1.1 head on an idle stream", (uint)Http2Error.ProtocolError },
        { "5.1.1 head on an even stream", (uint)Http2Error.ProtocolError },
        { "6.1 data on stream 0", (uint)Http2Error.ProtocolError },
        { "6.1 padding as long as the frame", (uint)Http2Error.ProtocolError },
        { "6.1 data on an idle stream", (uint)Http2Error.ProtocolError },
        { "6.2 head on stream 0", (uint)Http2Error.ProtocolError },
        { "6.2 padding beyond the frame", (uint)Http2Error.ProtocolError },
        { "6.3 priority on stream 0", (uint)Http2Error.ProtocolError },
        { "6.4 reset of stream 0", (uint)Http2Error.ProtocolError },
        { "6.4 reset of an idle stream", (uint)Http2Error.ProtocolError },
        { "6.4 reset of wrong size", (uint)Http2Error.FrameSizeError },
        { "6.5 settings on a stream", (uint)Http2Error.ProtocolError },
        { "6.5 settings of wrong size", (uint)Http2Error.FrameSizeError },
        { "6.5 acknowledgement with payload", (uint)Http2Error.FrameSizeError },
        { "6.5.2 window too large", (uint)Http2Error.FlowControlError },
        { "6.5.2 frame size too small", (uint)Http2Error.ProtocolError },
        { "6.6 push promise", (uint)Http2Error.ProtocolError },
        { "6.7 ping on a stream", (uint)Http2Error.ProtocolError },
        { "6.7 ping of wrong size", (uint)Http2Error.FrameSizeError },
        { "6.8 goaway on a stream", (uint)Http2Error.ProtocolError },
        { "6.8 goaway of wrong size", (uint)Http2Error.FrameSizeError },
        { "6.9 update of zero", (uint)Http2Error.ProtocolError },
        { "6.9 update of wrong size", (uint)Http2Error.FrameSizeError },
        { "6.9.1 update beyond the maximum", (uint)Http2Error.FlowControlError },
        { "6.10 continuation alone", (uint)Http2Error.ProtocolError },
        { "6.10 data within a field block", (uint)Http2Error.ProtocolError },
        { "6.10 continuation of another stream", (uint)Http2Error.ProtocolError },
        { "flood of continuations", (uint)Http2Error.EnhanceYourCalm },
        { "flood of pings", (uint)Http2Error.EnhanceYourCalm },
        { "flood of settings", (uint)Http2Error.EnhanceYourCalm },
        { "flood of empty data", (uint)Http2Error.EnhanceYourCalm },
        { "flood of window updates", (uint)Http2Error.EnhanceYourCalm },
        { "flood of unknown frames", (uint)Http2Error.EnhanceYourCalm },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_EndsTheConnectionWithItsCode(string fault, uint expected)
    {
        var goAway = new TaskCompletionSource<Http2Error?>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            if (connection.Index > 0)
            {
                while (await connection.ReadRequestAsync() is { } next)
                    await connection.AnswerAsync(next.StreamId, "ok");
                return;
            }

            await connection.ReadRequestAsync();
            try
            {
                await CommitAsync(fault, connection);
                await connection.ReadToEndAsync();
            }
            catch (IOException)
            {
                // The proxy did not wait for the end of it.
            }
            finally
            {
                goAway.SetResult(connection.GoAway);
            }
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { Http2ConnectionWindowBytes = 65_535 }, backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        var head = await client.Reader.ReadHeadAsync();

        Assert.True(head is null || head.Status is 502 or 200, $"{head}");
        var said = await goAway.Task.Within("the connection to end");
        Assert.True(said == (Http2Error)expected || (said is null && fault.StartsWith("flood", StringComparison.Ordinal)), $"{said}");
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\0\0\0\u0004\u0001\0\0\0\0")]
    [InlineData("\0\0\u0008\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task WhateverIsNotSettingsFirst_Is502(string bytes)
    {
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.ReadPrefaceAsync();
            await connection.SendAsync(Wire.Bytes(bytes));
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(502, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task WindowThatIsIgnored_EndsTheStream()
    {
        var reset = new TaskCompletionSource<Http2Error>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendHeadersAsync(1, false, (":status", "200"));
            var reading = connection.ReadToEndAsync();
            for (var i = 0; i < 2_000 && !connection.Resets.ContainsKey(1); i++)
                await connection.SendDataAsync(1, new string('x', 16_384), endStream: false);
            await Eventually.Holds(() => connection.Resets.ContainsKey(1), "the stream is reset");
            reset.SetResult(connection.Resets[1]);
            await reading;
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync(receiveBuffer: 4096);

        await client.SendAsync(Get);

        Assert.Equal(Http2Error.FlowControlError, await reset.Task.Within("the reset"));
        Assert.Equal(1, proxy.Server.Failures("truncated"));
    }

    [Fact]
    public async Task Pings_AreAnswered()
    {
        await using var backend = Http2Backend.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            for (var i = 0; i < 10; i++)
                await connection.SendFrameAsync(FrameType.Ping, FrameFlags.None, 0, [1, 2, 3, 4, 5, 6, 7, (byte)i]);
            var pongs = 0;
            while (pongs < 10)
            {
                var frame = (await connection.ReadFrameAsync())!;
                if (frame.Type == FrameType.Ping)
                    Assert.Equal((FrameFlags.Ack, (byte)pongs++), (frame.Flags, frame.Payload[7]));
            }

            await connection.AnswerAsync(request!.StreamId, "ok");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
    }

    private static async Task CommitAsync(string fault, Http2BackendConnection connection)
    {
        var good = Http2BackendConnection.Encode((":status", "200"));
        Task Frame(FrameType type, FrameFlags flags, int stream, params byte[] payload) => connection.SendFrameAsync(type, flags, stream, payload);
        async Task Flood(Func<Task> send)
        {
            for (var i = 0; i < 50_000; i++)
                await send();
        }

        switch (fault)
        {
            case "4.2 frame too large":
                await Frame(FrameType.Data, FrameFlags.None, 1, new byte[16_385]);
                break;
            case "4.3 undecodable field block":
                await Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, 0xff, 0xff, 0xff);
                break;
            case "5.1.1 head on an idle stream":
                await Frame(FrameType.Headers, FrameFlags.EndHeaders, 5, good);
                break;
            case "5.1.1 head on an even stream":
                await Frame(FrameType.Headers, FrameFlags.EndHeaders, 2, good);
                break;
            case "6.1 data on stream 0":
                await Frame(FrameType.Data, FrameFlags.None, 0, 1);
                break;
            case "6.1 padding as long as the frame":
                await Frame(FrameType.Data, FrameFlags.Padded, 1, 2, 0);
                break;
            case "6.1 data on an idle stream":
                await Frame(FrameType.Data, FrameFlags.None, 5, 1);
                break;
            case "6.2 head on stream 0":
                await Frame(FrameType.Headers, FrameFlags.EndHeaders, 0, good);
                break;
            case "6.2 padding beyond the frame":
                await Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.Padded, 1, [255, .. good]);
                break;
            case "6.3 priority on stream 0":
                await Frame(FrameType.Priority, FrameFlags.None, 0, 0, 0, 0, 1, 0);
                break;
            case "6.4 reset of stream 0":
                await connection.SendResetAsync(0, Http2Error.Cancel);
                break;
            case "6.4 reset of an idle stream":
                await connection.SendResetAsync(5, Http2Error.Cancel);
                break;
            case "6.4 reset of wrong size":
                await Frame(FrameType.RstStream, FrameFlags.None, 1, 0, 0, 8);
                break;
            case "6.5 settings on a stream":
                await Frame(FrameType.Settings, FrameFlags.None, 1);
                break;
            case "6.5 settings of wrong size":
                await Frame(FrameType.Settings, FrameFlags.None, 0, 1, 2, 3);
                break;
            case "6.5 acknowledgement with payload":
                await Frame(FrameType.Settings, FrameFlags.Ack, 0, 0, 1, 0, 0, 0, 0);
                break;
            case "6.5.2 window too large":
                await connection.SendSettingsAsync((SettingId.InitialWindowSize, 0x8000_0000));
                break;
            case "6.5.2 frame size too small":
                await connection.SendSettingsAsync((SettingId.MaxFrameSize, 100));
                break;
            case "6.6 push promise":
                await Frame(FrameType.PushPromise, FrameFlags.EndHeaders, 1, [0, 0, 0, 2, .. good]);
                break;
            case "6.7 ping on a stream":
                await Frame(FrameType.Ping, FrameFlags.None, 1, new byte[8]);
                break;
            case "6.7 ping of wrong size":
                await Frame(FrameType.Ping, FrameFlags.None, 0, new byte[7]);
                break;
            case "6.8 goaway on a stream":
                await Frame(FrameType.GoAway, FrameFlags.None, 1, new byte[8]);
                break;
            case "6.8 goaway of wrong size":
                await Frame(FrameType.GoAway, FrameFlags.None, 0, new byte[7]);
                break;
            case "6.9 update of zero":
                await connection.SendWindowUpdateAsync(0, 0);
                break;
            case "6.9 update of wrong size":
                await Frame(FrameType.WindowUpdate, FrameFlags.None, 0, 0, 0, 1);
                break;
            case "6.9.1 update beyond the maximum":
                await connection.SendWindowUpdateAsync(0, int.MaxValue);
                break;
            case "6.10 continuation alone":
                await Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1, good);
                break;
            case "6.10 data within a field block":
                await Frame(FrameType.Headers, FrameFlags.None, 1, good);
                await Frame(FrameType.Data, FrameFlags.None, 1, 1);
                break;
            case "6.10 continuation of another stream":
                await Frame(FrameType.Headers, FrameFlags.None, 1, good);
                await Frame(FrameType.Continuation, FrameFlags.EndHeaders, 3, good);
                break;
            case "flood of continuations":
                await Frame(FrameType.Headers, FrameFlags.None, 1, good);
                await Flood(() => Frame(FrameType.Continuation, FrameFlags.None, 1, Http2BackendConnection.Encode(("a", "b"))));
                break;
            case "flood of pings":
                await Flood(() => Frame(FrameType.Ping, FrameFlags.None, 0, new byte[8]));
                break;
            case "flood of settings":
                await Flood(() => connection.SendSettingsAsync());
                break;
            case "flood of empty data":
                await connection.SendHeadersAsync(1, false, (":status", "200"));
                await Flood(() => Frame(FrameType.Data, FrameFlags.None, 1));
                break;
            case "flood of window updates":
                await Flood(() => connection.SendWindowUpdateAsync(1, 1));
                break;
            default:
                await Flood(() => Frame((FrameType)99, FrameFlags.None, 0));
                break;
        }
    }
}
