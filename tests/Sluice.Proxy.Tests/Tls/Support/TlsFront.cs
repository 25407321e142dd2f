using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>Ends TLS in front of a backend that speaks cleartext, and remembers what clients of it were like.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Endpoint _behind;
    private readonly Func<SslServerAuthenticationOptions> _options;
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Task _accepting;

    private TlsFront(Endpoint behind, Func<SslServerAuthenticationOptions> options)
    {
        _behind = behind;
        _options = options;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(256);
        _accepting = AcceptAsync();
    }

    public Endpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port);

    public ConcurrentQueue<TlsHandshake> Handshakes { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public static TlsFront Start(Endpoint behind, TestCertificate certificate, params string[] protocols) => Start(behind, () => new SslServerAuthenticationOptions
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate.Certificate, null, offline: true),
        ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols.Select(protocol => new SslApplicationProtocol(protocol))],
    });

    public static TlsFront Start(Endpoint behind, Func<SslServerAuthenticationOptions> options) => new(behind, options);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _accepting;
        foreach (var socket in _sockets)
            socket.Dispose();
        await Task.WhenAll(_running).Within("the connections behind the front to end");
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync();
                _sockets.Add(socket);
                _running.Add(Task.Run(() => RelayAsync(socket)));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(Socket socket)
    {
        try
        {
            await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsServerAsync(_options());
            Handshakes.Enqueue(new TlsHandshake(tls.TargetHostName, tls.NegotiatedApplicationProtocol.ToString(), tls.RemoteCertificate?.GetCertHashString()));
            var behind = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets.Add(behind);
            await behind.ConnectAsync(_behind.Address, _behind.Port);
            await using var plain = new NetworkStream(behind, ownsSocket: true);
            await Task.WhenAny(tls.CopyToAsync(plain), plain.CopyToAsync(tls));
        }
        catch (Exception error) when (error is IOException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            Failures.Enqueue(error);
        }
    }
}
