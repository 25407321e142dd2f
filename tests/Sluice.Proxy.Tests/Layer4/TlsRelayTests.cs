using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>Relays of TLS: passed through, and ended here with plain bytes behind.</summary>
public sealed class TlsRelayTests : IDisposable
{
    private const string Name = "tls.example.com";

    private readonly TestAuthority _authority = new();
    private readonly TestCertificate _certificate;

    public TlsRelayTests() => _certificate = _authority.Issue(Name);

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData(TlsMode.Passthrough)]
    [InlineData(TlsMode.Terminate)]
    public async Task Backend_MaySpeakFirst_AndBothEndInOrder(TlsMode mode)
    {
        await using var backend = Backend(mode, async stream =>
        {
            await SendAsync(stream, "220 ready ");
            await EchoAsync(stream);
        });
        await using var proxy = await StartAsync(mode, backend);
        await using var client = await ConnectAsync(proxy);

        Assert.Equal("220 ready ", await ReadTextAsync(client, 10));
        await SendAsync(client, "hello");
        await client.ShutdownAsync();

        Assert.Equal("hello", Wire.Text(await ReadToEndAsync(client)));
        await client.DisposeAsync();
        await proxy.Ended("completed");
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Theory]
    [InlineData(TlsMode.Passthrough)]
    [InlineData(TlsMode.Terminate)]
    public async Task MuchAtOnce_ArrivesAsItWas(TlsMode mode)
    {
        await using var backend = Backend(mode, EchoAsync);
        await using var proxy = await StartAsync(mode, backend);
        await using var client = await ConnectAsync(proxy);
        var bytes = new byte[8 << 20];
        Random.Shared.NextBytes(bytes);

        var received = new byte[bytes.Length];
        var reading = client.ReadExactlyAsync(received, TestContext.Current.CancellationToken).AsTask().Within("all bytes");
        await client.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask().Within("the proxy to take all");
        await reading;
        Assert.True(bytes.AsSpan().SequenceEqual(received));

        // Not before: SslStream cannot end while it is read.
        await client.ShutdownAsync();
        Assert.Empty(await ReadToEndAsync(client));
    }

    [Fact]
    public async Task Reset_OfTheBackend_IsNoEndOfTls()
    {
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.SendTextAsync("x");
            await socket.ReadTextAsync(1);
            socket.Abort();
        });
        await using var proxy = await StartAsync(TlsMode.Terminate, backend);
        await using var client = await ConnectAsync(proxy);
        await ReadTextAsync(client, 1);

        await SendAsync(client, "y");

        await Assert.ThrowsAnyAsync<IOException>(() => ReadToEndAsync(client));
    }

    [Theory]
    [InlineData(TlsMode.Passthrough)]
    [InlineData(TlsMode.Terminate)]
    public async Task NoBackend_IsClosedWithoutAWordOfTls(TlsMode mode)
    {
        await using var proxy = await StreamProxy.StartAsync();
        await proxy.ApplyAsync(Listen(mode, null), (null, 1));
        using var socket = await proxy.ConnectAsync();
        using var client = new SslStream(new NetworkStream(socket, ownsSocket: false));

        // An alert would be an AuthenticationException.
        var error = await Assert.ThrowsAnyAsync<Exception>(() => client.AuthenticateAsClientAsync(Name).Within("the end"));

        Assert.IsNotType<AuthenticationException>(error);
        await proxy.Ended("no backend");
    }

    [Theory]
    [InlineData(TlsMode.Passthrough)]
    [InlineData(TlsMode.Terminate)]
    public async Task ProxyHeader_StandsInFrontOfTls_OnBothSides(TlsMode mode)
    {
        const string Header = "PROXY TCP4 192.0.2.7 198.51.100.2 1234 443\r\n";
        await using var backend = TcpBackend.Start(async socket =>
        {
            Assert.Equal(Header, await socket.ReadTextAsync(Header.Length));
            await using var stream = await AcceptAsync(mode, socket);
            await EchoAsync(stream);
        });
        await using var proxy = await StreamProxy.StartAsync();
        var cluster = StreamProxy.Cluster("echo", backend.Endpoint) with { ProxyProtocol = ProxyProtocolVersion.V1 };
        await proxy.ApplyAsync(Listen(mode, new ProxyProtocolAcceptance()), (cluster, 1));
        await using var client = await ConnectAsync(proxy, Header);

        await SendAsync(client, "hello");
        await client.ShutdownAsync();

        Assert.Equal("hello", Wire.Text(await ReadToEndAsync(client)));
    }

    /// <summary>TLS that ends here begins anew towards the backend, behind what the backend is told about the client.</summary>
    [Fact]
    public async Task TlsWithTheBackend_BeginsBehindTheHeader()
    {
        await using var backend = TcpBackend.Start(async socket =>
        {
            Assert.Matches(@"^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ \d+\r\n$", await ReadLineAsync(socket));
            await using var stream = await AcceptAsync(TlsMode.Passthrough, socket);
            await EchoAsync(stream);
            await ((SslStream)stream).ShutdownAsync();
        });
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await StreamProxy.StartAsync();
        var cluster = StreamProxy.Cluster("echo", new Endpoint("127.0.0.1", dead.Port), backend.Endpoint) with
        {
            ProxyProtocol = ProxyProtocolVersion.V1,
            Tls = new UpstreamTls { Hostname = Name, CaCertificates = [_authority.Pem] },
        };
        await proxy.ApplyAsync(Listen(TlsMode.Terminate, null), (cluster, 1));

        for (var i = 0; i < 4; i++)
        {
            await using var client = await ConnectAsync(proxy);
            await SendAsync(client, "hello");
            await client.ShutdownAsync();
            Assert.Equal("hello", Wire.Text(await ReadToEndAsync(client)));
        }

        Assert.Equal(4, backend.Connections);
        Assert.Equal(2, proxy.Server.Failures("connect"));
    }

    [Fact]
    public async Task BackendWithAnotherName_GetsNothing()
    {
        var refused = new TaskCompletionSource<Exception?>();
        await using var backend = TcpBackend.Start(async socket => refused.SetResult(await Record.ExceptionAsync(() => AcceptAsync(TlsMode.Passthrough, socket))));
        await using var proxy = await StreamProxy.StartAsync();
        var cluster = StreamProxy.Cluster("echo", backend.Endpoint) with { Tls = new UpstreamTls { Hostname = "other.example.com", CaCertificates = [_authority.Pem] } };
        await proxy.ApplyAsync(Listen(TlsMode.Terminate, null), (cluster, 1));
        await using var client = await ConnectAsync(proxy);
        await Record.ExceptionAsync(() => SendAsync(client, "secret"));

        // Closed without close_notify, or reset when the secret was still unread: no byte comes either way.
        var received = Array.Empty<byte>();
        var error = await Record.ExceptionAsync(async () => received = await ReadToEndAsync(client));
        Assert.True(error is null or IOException, $"{error}");
        Assert.Empty(received);

        await proxy.Ended("connect");
        Assert.IsType<AuthenticationException>(await refused.Task.Within("the refusal at the backend"));
        Assert.Equal(1, proxy.Server.Failures("tls certificate"));
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    private static async Task<string> ReadLineAsync(Socket socket)
    {
        var line = "";
        while (!line.EndsWith('\n'))
            line += await socket.ReadTextAsync(1);
        return line;
    }

    private TcpBackend Backend(TlsMode mode, Func<Stream, Task> script) => TcpBackend.Start(async socket =>
    {
        await using var stream = await AcceptAsync(mode, socket);
        await script(stream);
        if (stream is SslStream tls)
            await tls.ShutdownAsync();
    });

    /// <summary>The bytes behind a relay that ends TLS, or TLS behind one that does not.</summary>
    private async Task<Stream> AcceptAsync(TlsMode mode, Socket socket)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (mode == TlsMode.Terminate)
            return plain;
        var stream = new SslStream(plain);
        await stream.AuthenticateAsServerAsync(_certificate.Certificate).Within("the handshake at the backend");
        return stream;
    }

    private async Task<StreamProxy> StartAsync(TlsMode mode, TcpBackend backend)
    {
        var proxy = await StreamProxy.StartAsync();
        await proxy.ApplyAsync(Listen(mode, null), (StreamProxy.Cluster("echo", backend.Endpoint), 1));
        return proxy;
    }

    /// <summary>Makes a listener for TLS of one for TCP.</summary>
    private Func<Listener, Listener> Listen(TlsMode mode, ProxyProtocolAcceptance? acceptance) => listener => listener with
    {
        Protocol = ListenerProtocol.Tls,
        Tls = new ListenerTls { Mode = mode, Certificates = mode == TlsMode.Terminate ? [_certificate.ToConfiguration()] : [] },
        TlsHosts = [new TlsHost(Name, listener.Stream!)],
        Stream = null,
        ProxyProtocol = acceptance,
    };

    private async Task<SslStream> ConnectAsync(StreamProxy proxy, string before = "")
    {
        var socket = await proxy.ConnectAsync();
        if (before.Length > 0)
            await socket.SendTextAsync(before);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
            certificate is not null && certificate.Equals(_certificate.Certificate));
        await stream.AuthenticateAsClientAsync(Name).Within("the handshake");
        return stream;
    }

    private static Task SendAsync(Stream stream, string text) => stream.WriteAsync(Wire.Bytes(text)).AsTask().Within("the proxy to take bytes");

    private static async Task EchoAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
            await stream.WriteAsync(buffer.AsMemory(0, count));
    }

    private static async Task<string> ReadTextAsync(Stream stream, int count)
    {
        var buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer).AsTask().Within($"{count} bytes");
        return Wire.Text(buffer);
    }

    private static async Task<byte[]> ReadToEndAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).Within("the end of the stream");
        return all.ToArray();
    }
}
