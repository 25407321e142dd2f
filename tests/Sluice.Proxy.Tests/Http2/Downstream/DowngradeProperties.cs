using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Tests.Http1.Fuzz;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>
/// Whatever field list is accepted, the head that a backend of HTTP/1.1 gets of it is read as exactly one request: the same
/// method, path, host and fields, and the framing that the stream has. So nothing can be smuggled through the translation.
/// </summary>
public sealed class DowngradeProperties
{
    private static readonly string[] Names =
    [
        ":method", ":path", ":scheme", ":authority", ":protocol", "host", "content-length", "transfer-encoding", "connection", "te", "x", "cookie",
        "expect", "upgrade", "X", "x y", "x:", "x\r\ny", "x\0", "", "trailer", "x-forwarded-for",
    ];

    private static readonly string[] Values =
    [
        "GET", "POST", "CONNECT", "OPTIONS", "/", "/a?b", "*", "/a b", "/ HTTP/1.1\r\nX: y", "http", "https", "a.test", "a.test:80", "b.test", "5", "0", "+5", "0x5",
        "chunked", "trailers", "close", "websocket", "x\r\nTransfer-Encoding: chunked", "x\nHost: b.test", "x\r", "\0", " x", "x ", "", "100-continue", "\xe9", "\x7f", "a=b",
    ];

    [Fact]
    public unsafe void Head_ThatIsAccepted_IsOneRequestOfHttp1()
    {
        var random = new Random(9113);
        var limits = new ProxyLimits();
        using var pool = new BufferPool();
        using var worker = new Worker(0, (_, fault) => throw fault);
        var reader = new RequestHeadReader(limits);
        var head = new RequestHead(limits.FieldCount);
        var parsed = new RequestHead(limits.FieldCount);
        var parser = new RequestParser(limits);
        var accepted = 0;
        for (var turn = 0; turn < FuzzBudget.Texts(30_000); turn++)
        {
            List<string> fields = [":method: GET", ":scheme: http", ":path: /", ":authority: a.test"];
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var field = $"{Pick(random, Names)}: {Pick(random, Values)}";
                if (random.Next(2) == 0)
                    fields[random.Next(fields.Count)] = field;
                else
                    fields.Add(field);
            }

            var endsStream = random.Next(2) == 0;
            var decoder = new HpackDecoder(4096);
            if (reader.Read(pool, ref decoder, FrameClient.Block([.. fields]), head, endsStream) != HeadStatus.Complete)
                continue;
            accepted++;
            var text = RequestWriter.Compose(worker, new OutgoingRequest
            {
                Head = head,
                Edits = HeaderEdits.None,
                Rewrite = null,
                MatchedLength = 0,
                IsTrusted = false,
                Client = "192.0.2.1"u8,
                IsSecure = false,
                ClientCertificate = default,
                RequestId = new RequestId(0, 1),
            }).ToArray();
            fixed (byte* bytes = text)
            {
                parsed.Buffer = bytes;
                Assert.True(parser.Parse(text, parsed, out var consumed) == ParseResult.Complete, $"{string.Join(" | ", fields)} became {Encoding.Latin1.GetString(text)}");
                Assert.Equal(text.Length, consumed);
                Assert.Equal(Encoding.Latin1.GetString(head.Method), Encoding.Latin1.GetString(parsed.Method));
                Assert.Equal(Encoding.Latin1.GetString(head.Path), Encoding.Latin1.GetString(parsed.Path));
                Assert.Equal(Encoding.Latin1.GetString(head.Query), Encoding.Latin1.GetString(parsed.Query));
                Assert.Equal(Encoding.Latin1.GetString(head.Authority), Encoding.Latin1.GetString(parsed.Authority));
                Assert.Equal((head.Framing, head.ContentLength), (parsed.Framing, parsed.ContentLength));
                Assert.Equal(Count(head, "x"), Count(parsed, "x"));
                Assert.Equal(head.IsWebSocketUpgrade, parsed.IsWebSocketUpgrade);
                if (endsStream)
                    Assert.Equal(BodyFraming.None, parsed.Framing);
            }
        }

        Assert.InRange(accepted, 1000, int.MaxValue);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static int Count(RequestHead head, string name)
    {
        var count = 0;
        foreach (ref readonly var field in head.Fields)
            count += Encoding.Latin1.GetString(head.NameOf(field)).Equals(name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return count;
    }
}
