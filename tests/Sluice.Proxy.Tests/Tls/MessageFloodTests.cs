using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>Messages of TLS itself after the handshake: each costs the server, and carries nothing.</summary>
public sealed class MessageFloodTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private const string Floods = "sluice_tls_message_floods_total";

    private static readonly TestRoutes Direct = new TestRoutes().Add("*", "/", new DirectResponseAction { StatusCode = 200, Body = "ok" });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeyUpdates_AFew_AreTaken(bool isAnswerWanted)
    {
        await using var proxy = await StartAsync();
        using var client = new OpenSslClient(proxy.EndPoint);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(client.TryUpdateKey(isAnswerWanted));
            Assert.True(client.TrySend(Get));
            Assert.EndsWith("ok", client.Read(), StringComparison.Ordinal);
        }

        Assert.Equal(0, proxy.Server.Metric(Floods));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeyUpdates_WithoutEnd_EndTheConnection(bool isAnswerWanted)
    {
        await using var proxy = await StartAsync();
        using var client = new OpenSslClient(proxy.EndPoint);
        for (var i = 0; i < 100_000 && client.TryUpdateKey(isAnswerWanted); i++)
        {
        }

        Assert.Equal("", client.Read());
        await Eventually.Is(1L, () => proxy.Server.Metric(Floods), "the flood to be counted");

        await using var neighbour = await proxy.ConnectTlsAsync();
        Assert.Equal("ok", (await neighbour.ExchangeAsync(Get)).Body);
    }

    [Fact]
    public void Messages_AreForgiven_AfterTenSeconds()
    {
        var session = new TlsSession();
        session.NoteMessage();
        session.ForgiveMessages(9_999);
        Assert.Equal(1, session.Messages);
        session.ForgiveMessages(10_000);
        Assert.Equal(0, session.Messages);
        session.NoteMessage();
        session.ForgiveMessages(19_999);
        Assert.Equal(1, session.Messages);
    }

    private static async Task<TlsProxy> StartAsync()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        return await TlsProxy.StartAsync(Direct, certificate);
    }
}
