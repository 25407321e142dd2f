using System.Net;
using System.Net.Sockets;
using Sluice.Conformance.Tests.Support;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class HandshakeProbeTests
{
    /// <summary>A TLS record with the fatal alert unrecognized_name.</summary>
    private static readonly byte[] Alert = [21, 3, 3, 0, 2, 2, 112];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused_FinOrReset_IsWhatIsWanted(bool isReset)
    {
        Assert.Null(await RefusedAsync(async client =>
        {
            await client.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);
            if (isReset)
                client.LingerState = new LingerOption(true, 0);
        }));
    }

    [Fact]
    public async Task Refused_Alert_IsTold()
    {
        Assert.Contains("alert", await RefusedAsync(async client =>
        {
            await client.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);
            await client.SendAsync(Alert, TestContext.Current.CancellationToken);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_BytesOfAHandshake_AreTold()
    {
        Assert.Contains("bytes of a handshake", await RefusedAsync(async client =>
        {
            await client.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);
            await client.SendAsync(new byte[] { 22, 3, 3, 0, 90, 2 }, TestContext.Current.CancellationToken);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_ClosedPort_IsTold()
    {
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Contains("did not come about", await ProbeAsync((IPEndPoint)taken.LocalEndPoint!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_HandshakeThatSucceeds_IsTold()
    {
        await using var server = new TlsServer(false, _ => Task.CompletedTask);

        Assert.Contains("succeeded", await ProbeAsync(server.EndPoint), StringComparison.Ordinal);
    }

    private static async Task<string?> RefusedAsync(Func<Socket, Task> serve)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var probing = ProbeAsync((IPEndPoint)listener.LocalEndpoint);
        using (var client = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken))
            await serve(client);
        return await probing;
    }

    private static Task<string?> ProbeAsync(IPEndPoint target) =>
        HandshakeProbe.RefusedAsync(target, "abc.example.com", TlsServer.Authority("tls-checks-ca-certificate"), TestContext.Current.CancellationToken);
}
