using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>Sessions that are resumed, and what clients may not do.</summary>
public sealed class SessionTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";

    private static readonly TestRoutes Direct = new TestRoutes().Add("*", "/", new DirectResponseAction { StatusCode = 200, Body = "ok" });

    [Theory]
    [InlineData("-tls1_2", "1.2")]
    [InlineData("-tls1_3", "1.3")]
    public async Task Session_IsResumed_ByItsListenerOnly(string version, string label)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        using var renewed = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, listener => Listeners(listener, certificate), workers: 2);
        var file = Path.GetTempFileName();
        try
        {
            await ClientAsync(proxy, "a.example", version, "-sess_out", file);
            Assert.Contains("Reused, ", await ClientAsync(proxy, "a.example", version, "-sess_in", file), StringComparison.Ordinal);
            Assert.Contains("New, ", await ClientAsync(proxy, "b.example", version, "-sess_in", file), StringComparison.Ordinal);

            // Keys live on with the listener, over configurations and certificates.
            await proxy.ApplyAsync(Direct, listener => Listeners(listener, renewed));
            Assert.Contains("Reused, ", await ClientAsync(proxy, "a.example", version, "-sess_in", file), StringComparison.Ordinal);
            Assert.Equal(2, proxy.Server.Metric($"sluice_tls_handshakes_total{{version=\"{label}\",resumed=\"true\"}}"));
            Assert.Equal(2, proxy.Server.Metric($"sluice_tls_handshakes_total{{version=\"{label}\",resumed=\"false\"}}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task EarlyData_IsNotOffered()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, certificate);

        Assert.Contains("Max Early Data: 0", await ClientAsync(proxy, "a.example", "-tls1_3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renegotiation_IsRefused()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, certificate);

        var output = await OpenSslTool.RunAsync("R\n", "s_client", "-connect", $"127.0.0.1:{proxy.EndPoint.Port}", "-servername", "a.example", "-tls1_2");
        Assert.Contains("RENEGOTIATING", output, StringComparison.Ordinal);
        Assert.Contains("no renegotiation", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_IsAnnounced()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, certificate);
        await using var client = await proxy.ConnectTlsAsync();
        await client.SendAsync(Get);

        // Without close_notify this would throw.
        Assert.EndsWith("ok", System.Text.Encoding.ASCII.GetString(await client.ReadToEndAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_Rotate_AndTheTwoBeforeAreAccepted()
    {
        var keys = new TicketKeys();
        var first = keys.Current(0);
        Assert.Same(first, keys.Current(TicketKeys.Lifetime - 1));
        var second = keys.Current(TicketKeys.Lifetime);
        Assert.NotSame(first, second);
        Assert.Same(first, keys.Find(first.Name, TicketKeys.Lifetime, out var isCurrent));
        Assert.False(isCurrent);
        keys.Current(2 * TicketKeys.Lifetime);
        Assert.Same(first, keys.Find(first.Name, 2 * TicketKeys.Lifetime, out _));
        Assert.Null(keys.Find(first.Name, 3 * TicketKeys.Lifetime, out _));
        Assert.Null(keys.Find(second.Name, 9 * TicketKeys.Lifetime, out _));
    }

    [Fact]
    public async Task Request_OnAKeptConnection_AllocatesNothing()
    {
        const int Requests = 300;
        await using var backend = ScriptedBackend.Answering();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), certificate);
        await using var client = await proxy.ConnectTlsAsync();

        await Allocations.AreNoneAsync(proxy.Server, Requests, async () =>
        {
            for (var i = 0; i < Requests; i++)
                await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        });
    }

    private static Task<string> ClientAsync(TlsProxy proxy, string host, params string[] arguments) =>
        OpenSslTool.RunAsync(Get, ["s_client", "-connect", $"127.0.0.1:{proxy.EndPoint.Port}", "-servername", host, "-ign_eof", .. arguments]);

    private static IReadOnlyList<Listener> Listeners(Listener listener, TestCertificate certificate) =>
    [
        listener with { Name = "a", Hostname = "a.example", Tls = TlsProxy.Terminate(certificate) },
        listener with { Name = "b", Hostname = "b.example", Tls = TlsProxy.Terminate(certificate) },
    ];
}
