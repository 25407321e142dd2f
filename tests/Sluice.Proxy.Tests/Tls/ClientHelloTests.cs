using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>Reading ClientHellos, as they come and as nobody should send them (RFC 8446 4.1.2, 5.1; RFC 6066 3).</summary>
public sealed class ClientHelloTests
{
    private const int Limit = 64 * 1024;

    [Fact]
    public void Message_InOneRecord_IsRead()
    {
        var hello = new HelloBuilder { ServerName = "A.example" }.Build();

        Assert.Equal("a.example", NameOf(Record(hello)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Message_InManyRecords_IsRead(int size)
    {
        var hello = new HelloBuilder { ServerName = "a.example" }.Build();

        Assert.Equal("a.example", NameOf(Fragment(hello, size)));
    }

    [Fact]
    public void Message_CutAnywhere_IsWaitedFor()
    {
        var bytes = Fragment(new HelloBuilder { ServerName = "a.example" }.Build(), 7);
        var reader = new ClientHelloReader();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(ClientHelloStatus.NeedMore, reader.Read(bytes.AsSpan(0, length), Limit));
        Assert.Equal(ClientHelloStatus.Complete, reader.Read(bytes, Limit));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", nameof(ClientHelloStatus.NotTls))]
    [InlineData("\u0080\u002e\u0001\u0003\u0001", nameof(ClientHelloStatus.NotTls))]
    [InlineData("\u0015\u0003\u0001\u0000\u0002\u0002\u0028", nameof(ClientHelloStatus.NotTls))]
    [InlineData("\u0016\u0002\u0000", nameof(ClientHelloStatus.NotTls))]
    [InlineData("\u0016\u0003\u0001\u0000\u0000", nameof(ClientHelloStatus.Malformed))]
    [InlineData("\u0016\u0003\u0001\u0040\u0001", nameof(ClientHelloStatus.Malformed))]
    [InlineData("\u0016\u0003\u0001\u0000\u0004\u0002\u0000\u0000\u0000", nameof(ClientHelloStatus.Malformed))]
    [InlineData("\u0016\u0003\u0001\u0000\u0004\u0001\u0001\u0000\u0000", nameof(ClientHelloStatus.TooLarge))]
    [InlineData("\u0016\u0003\u0001\u0000\u0001\u0001\u0017\u0003\u0003\u0000\u0001\u0000", nameof(ClientHelloStatus.Malformed))]
    public void Anything_Else_IsRefused(string bytes, string expected) =>
        Assert.Equal(expected, new ClientHelloReader().Read(Encoding.Latin1.GetBytes(bytes), Limit).ToString());

    [Fact]
    public void TinyRecords_AreLimitedByAllTheirBytes()
    {
        var bytes = Fragment(new HelloBuilder { Padding = 20_000 }.Build(), 1);

        Assert.Equal(ClientHelloStatus.TooLarge, new ClientHelloReader().Read(bytes.AsSpan(0, Limit + 1), Limit));
    }

    [Theory]
    [InlineData("a.example.", "a.example")]
    [InlineData("x_y-z.example", "x_y-z.example")]
    [InlineData("127.0.0.1", "")]
    [InlineData("::1", "")]
    [InlineData("[::1]", "")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("a..example", null)]
    [InlineData("a example", null)]
    [InlineData("a.example\0.evil", null)]
    [InlineData("a.example:443", null)]
    [InlineData("a/b", null)]
    [InlineData("*.example", null)]
    public void ServerName_MustBeAHost(string name, string? expected) =>
        Assert.Equal(expected, NameOf(Record(new HelloBuilder { ServerName = name }.Build())));

    [Fact]
    public void ServerName_HasItsLength()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4));
        Assert.Equal(longest, NameOf(Record(new HelloBuilder { ServerName = longest }.Build())));
        Assert.Null(NameOf(Record(new HelloBuilder { ServerName = longest + ".aaa" }.Build())));
        Assert.Null(NameOf(Record(new HelloBuilder { ServerName = new string('a', 64) + ".example" }.Build())));
    }

    [Fact]
    public void EveryTruncationAndEveryChangedLength_IsRefusedOrHarmless()
    {
        var hello = new HelloBuilder { ServerName = "a.example" }.Build();
        var name = new byte[ClientHello.MaxName];
        for (var length = 4; length < hello.Length; length++)
            Assert.False(ClientHello.TryParse(hello.AsSpan(4, length - 4), name, out _) && length > 4 + HelloBuilder.FixedLength, $"cut at {length}");

        for (var at = 4; at < hello.Length; at++)
        {
            for (var change = 1; change < 256; change <<= 1)
            {
                var changed = hello.ToArray();
                changed[at] ^= (byte)change;
                if (ClientHello.TryParse(changed.AsSpan(4), name, out var parsed))
                    Assert.True(parsed.ServerName.Length <= ClientHello.MaxName);
            }
        }
    }

    [Theory]
    [InlineData(nameof(ClientHelloStatus.NotTls), "not TLS")]
    [InlineData(nameof(ClientHelloStatus.Malformed), "client hello")]
    [InlineData(nameof(ClientHelloStatus.TooLarge), "client hello too large")]
    public async Task Refused_ClosesWithoutAWord(string kind, string reason)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(new TestRoutes(), certificate);
        using var socket = await proxy.ConnectAsync();

        var bytes = kind switch
        {
            nameof(ClientHelloStatus.NotTls) => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
            nameof(ClientHelloStatus.Malformed) => Record(new HelloBuilder { ServerName = "a b" }.Build()),
            _ => [22, 3, 1, 0, 4, 1, 1, 0, 0],
        };
        await socket.SendAsync(bytes).Within("the proxy to take bytes");
        Assert.Equal(0, await EndAsync(socket));
        Assert.Equal(1, proxy.Server.Metric($"sluice_tls_handshake_failures_total{{reason=\"{reason}\"}}"));
        await Eventually.Is(0L, proxy.Server.ActiveConnections, "open connections");
    }

    [Fact]
    public async Task HalfAHandshake_IsEndedByTheTimeout()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(new TestRoutes(), TlsProxy.Terminate(certificate), new ProxyLimits { TlsHandshakeTimeout = TimeSpan.FromMilliseconds(100) });
        using var silent = await proxy.ConnectAsync();
        using var half = await proxy.ConnectAsync();
        await half.SendAsync(Record(new HelloBuilder { ServerName = "a.example" }.Build())[..50]).Within("the proxy to take bytes");

        Assert.Equal(0, await EndAsync(silent));
        Assert.Equal(0, await EndAsync(half));
        Assert.Equal(2, proxy.Server.Metric("sluice_tls_handshake_failures_total{reason=\"timeout\"}"));
    }

    [Fact]
    public async Task Handshake_InTheSmallestPieces_Succeeds()
    {
        await using var backend = ScriptedBackend.Answering();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), certificate);
        await using var client = new TlsClient(await proxy.ConnectAsync(), stream => new TrickleStream(stream));
        await client.ShakeAsync(TlsClient.Options("a.example"));

        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")).Body);
    }

    /// <summary>Bytes until the end of the connection; a reset is an end too.</summary>
    private static async Task<int> EndAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var count = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer).Within("the end of the connection") is var received and > 0)
                count += received;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // No word of TLS either.
        }

        return count;
    }

    /// <summary>The server name, or null when the hello is refused.</summary>
    private static string? NameOf(byte[] bytes)
    {
        var reader = new ClientHelloReader();
        Assert.Equal(ClientHelloStatus.Complete, reader.Read(bytes, Limit));
        return ClientHello.TryParse(reader.Message(bytes, new byte[Limit]), new byte[ClientHello.MaxName], out var hello) ? Encoding.ASCII.GetString(hello.ServerName) : null;
    }

    private static byte[] Record(byte[] message) => Fragment(message, 16 * 1024);

    private static byte[] Fragment(byte[] message, int size)
    {
        var bytes = new List<byte>();
        foreach (var piece in message.Chunk(size))
        {
            var header = new byte[] { 22, 3, 1, 0, 0 };
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(3), (ushort)piece.Length);
            bytes.AddRange(header);
            bytes.AddRange(piece);
        }

        return [.. bytes];
    }
}
