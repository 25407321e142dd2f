using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>Which field lists are a request (RFC 9113 8.2 and 8.3), and which tricks on HTTP/1.1 backends are none.</summary>
public sealed class RequestHeadTests
{
    private const string Base = ":method: GET|:scheme: http|:path: /|:authority: a.test";

    [Theory]
    [InlineData("8.3", Base)]
    [InlineData("8.3.1 https behind a balancer", ":method: GET|:scheme: https|:path: /|:authority: a.test")]
    [InlineData("8.3.1 Host instead", ":method: GET|:scheme: http|:path: /|host: a.test")]
    [InlineData("8.3.1 both alike", Base + "|host: A.test")]
    [InlineData("8.3.1 asterisk", ":method: OPTIONS|:scheme: http|:path: *|:authority: a.test")]
    [InlineData("8.2.2 te", Base + "|te: trailers")]
    [InlineData("8.2.1 empty value", Base + "|x: ")]
    [InlineData("8.2.1 obs-text", Base + "|x: \xe9")]
    [InlineData("8.2.3 cookies", Base + "|cookie: a|cookie: b")]
    public void Head_WellFormed_IsRead(string rule, string fields) =>
        Assert.True(Read(fields) is (HeadStatus.Complete, HttpError.None), rule);

    [Theory]
    [InlineData("8.3 no method", ":scheme: http|:path: /|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3 no scheme", ":method: GET|:path: /|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3 no path", ":method: GET|:scheme: http|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3.1 empty path", ":method: GET|:scheme: http|:path: |:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3 twice", Base + "|:path: /x", HttpError.PseudoField)]
    [InlineData("8.3 unknown", ":method: GET|:foo: x|:scheme: http|:path: /|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3 of responses", ":status: 200|" + Base, HttpError.PseudoField)]
    [InlineData("8.3 behind a field", ":method: GET|:scheme: http|:path: /|x: y|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3.1 other scheme", ":method: GET|:scheme: ftp|:path: /|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.5 CONNECT with path", ":method: CONNECT|:path: /|:authority: a.test", HttpError.PseudoField)]
    [InlineData("RFC 8441 4 protocol without CONNECT", ":method: GET|:protocol: websocket|:scheme: http|:path: /|:authority: a.test", HttpError.PseudoField)]
    [InlineData("8.3.1 Host differs", Base + "|host: b.test", HttpError.SeveralHosts)]
    [InlineData("8.3.1 Host twice", Base + "|host: a.test|host: a.test", HttpError.SeveralHosts)]
    [InlineData("9110 5.6.2 method with space", ":method: GET /admin HTTP/1.1|:scheme: http|:path: /|:authority: a.test", HttpError.Method)]
    [InlineData("9110 5.6.2 method with line", ":method: GET\r\nX: y|:scheme: http|:path: /|:authority: a.test", HttpError.Method)]
    [InlineData("8.2.1 upper case", Base + "|X-Upper: y", HttpError.FieldName)]
    [InlineData("8.2.1 empty name", Base + "|: y", HttpError.FieldName)]
    [InlineData("8.2.1 colon in name", Base + "|transfer-encoding:chunked: y", HttpError.FieldName)]
    [InlineData("8.2.1 space in name", Base + "|x y: z", HttpError.FieldName)]
    [InlineData("8.2.1 line in name", Base + "|x\r\ny: z", HttpError.FieldName)]
    [InlineData("8.2.1 CR LF in value", Base + "|x: y\r\nTransfer-Encoding: chunked", HttpError.ControlCharacter)]
    [InlineData("8.2.1 LF in value", Base + "|x: y\nHost: b.test", HttpError.ControlCharacter)]
    [InlineData("8.2.1 CR in value", Base + "|x: y\rz", HttpError.ControlCharacter)]
    [InlineData("8.2.1 NUL in value", Base + "|x: y\0", HttpError.ControlCharacter)]
    [InlineData("8.2.1 CR LF in cookie", Base + "|cookie: a\r\nX: y", HttpError.ControlCharacter)]
    [InlineData("8.2.1 space before value", Base + "|x:  y", HttpError.FieldValue)]
    [InlineData("8.2.1 tab behind value", Base + "|x: y\t", HttpError.FieldValue)]
    [InlineData("8.2.2 connection", Base + "|connection: close", HttpError.ConnectionField)]
    [InlineData("8.2.2 keep-alive", Base + "|keep-alive: 5", HttpError.ConnectionField)]
    [InlineData("8.2.2 proxy-connection", Base + "|proxy-connection: close", HttpError.ConnectionField)]
    [InlineData("8.2.2 upgrade", Base + "|upgrade: h2c", HttpError.ConnectionField)]
    [InlineData("8.2.2 H2.TE", Base + "|transfer-encoding: chunked", HttpError.ConnectionField)]
    [InlineData("8.2.2 te", Base + "|te: gzip", HttpError.ConnectionField)]
    [InlineData("8.1.1 H2.CL signed", Base + "|content-length: +5", HttpError.ContentLength)]
    [InlineData("8.1.1 H2.CL twice", Base + "|content-length: 0|content-length: 0", HttpError.ContentLength)]
    [InlineData("8.1.1 H2.CL list", Base + "|content-length: 0, 0", HttpError.ContentLength)]
    [InlineData("8.1.1 H2.CL without body", Base + "|content-length: 5", HttpError.ContentLength)]
    public void Head_Malformed_ResetsTheStream(string rule, string fields, object error)
    {
        var (status, actual) = Read(fields);
        Assert.True((status, actual) == (HeadStatus.Malformed, (HttpError)error), $"{rule}: {status}, {actual}");
    }

    [Theory]
    [InlineData(":method: GET|:scheme: http|:path: /a b|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: / HTTP/1.1\r\nX: y|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: /#f|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: /../..|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: /%00|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: http://b.test/|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: *|:authority: a.test", HttpError.Target)]
    [InlineData(":method: GET|:scheme: http|:path: /", HttpError.MissingHost)]
    [InlineData(":method: GET|:scheme: http|:path: /|:authority: user@a.test", HttpError.Authority)]
    [InlineData(":method: GET|:scheme: http|:path: /|:authority: a.test/x", HttpError.Authority)]
    [InlineData(":method: GET|:scheme: http|:path: /|:authority: a.test\r\nX: y", HttpError.Authority)]
    [InlineData(":method: GET|:scheme: http|:path: /|:authority: a.test:0", HttpError.Authority)]
    [InlineData(":method: CONNECT|:authority: a.test:443", HttpError.Connect)]
    [InlineData(":method: CONNECT|:protocol: chat|:scheme: http|:path: /|:authority: a.test", HttpError.Connect)]
    [InlineData(Base + "|expect: tea", HttpError.Expectation)]
    public void Head_NotServed_IsAnswered(string fields, object error) =>
        Assert.Equal((HeadStatus.Refused, (HttpError)error), Read(fields, endsStream: !fields.Contains("protocol", StringComparison.Ordinal)));

    [Fact]
    public void List_BeyondItsLimits_Is431()
    {
        var limits = new ProxyLimits { HeadBytes = 1024, RequestLineBytes = 256, FieldCount = 8 };
        Assert.Equal((HeadStatus.Refused, HttpError.HeadTooLong), Read($"{Base}|x: {new string('y', 2000)}", limits: limits));
        Assert.Equal((HeadStatus.Refused, HttpError.TooManyFields), Read(Base + string.Concat(Enumerable.Range(0, 9).Select(i => $"|x{i}: y")), limits: limits));
        Assert.Equal((HeadStatus.Refused, HttpError.RequestLineTooLong), Read($":method: GET|:scheme: http|:path: /{new string('a', 300)}|:authority: a.test", limits: limits));

        // Crumbs of a cookie are one field.
        Assert.Equal((HeadStatus.Complete, HttpError.None), Read(Base + string.Concat(Enumerable.Repeat("|cookie: c", 9)), limits: limits));
    }

    [Fact]
    public void Bomb_OfReferences_CostsNoMoreThanItsLimit()
    {
        using var pool = new BufferPool();
        var reader = new RequestHeadReader(new ProxyLimits());
        var head = new RequestHead(128);
        var decoder = new HpackDecoder(4096);
        byte[] block = [.. FrameClient.Block(Base.Split('|')), 0x40, 1, (byte)'x', 0x7f, 0xa1, 0x1e, .. new byte[4000].Select(_ => (byte)'y')];
        byte[] bomb = [.. block, .. Enumerable.Repeat((byte)0xbe, 16_000)];

        Assert.Equal(HeadStatus.Refused, reader.Read(pool, ref decoder, bomb, head, endsStream: true));
        Assert.Equal(HttpError.HeadTooLong, reader.Error);

        // And the table is in step with the peer's all the same.
        byte[] next = [.. FrameClient.Block(Base.Split('|')), 0xbe];
        Assert.Equal(HeadStatus.Complete, reader.Read(pool, ref decoder, next, head, endsStream: true));
        Assert.Equal(4000, head.ValueOf(head.Fields[0]).Length);
        decoder.Clear(pool);
    }

    private static (HeadStatus Status, HttpError Error) Read(string fields, bool endsStream = true, ProxyLimits? limits = null)
    {
        limits ??= new ProxyLimits();
        using var pool = new BufferPool();
        var reader = new RequestHeadReader(limits);
        var decoder = new HpackDecoder(4096);
        var status = reader.Read(pool, ref decoder, FrameClient.Block(fields.Split('|')), new RequestHead(limits.FieldCount), endsStream);
        return (status, reader.Error);
    }
}
