using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>A proxy in this process with one port for TLS. A defect that a worker caught fails the test.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly PortReservation _port = new();
    private readonly ConcurrentQueue<Exception> _faults = new();

    private TlsProxy(ProxyLimits limits, int workers)
    {
        Server = new ProxyServer(new ProxyOptions { Workers = workers, Limits = limits });
        Server.Faulted += _faults.Enqueue;
    }

    public ProxyServer Server { get; }

    public IPEndPoint EndPoint => _port.EndPoint;

    /// <summary>One listener for every host, with these certificates.</summary>
    public static Task<TlsProxy> StartAsync(TestRoutes routes, params TestCertificate[] certificates) =>
        StartAsync(routes, Terminate(certificates));

    public static Task<TlsProxy> StartAsync(TestRoutes routes, ListenerTls tls, ProxyLimits? limits = null, int workers = 1) =>
        StartAsync(routes, listener => [listener with { Tls = tls }], limits, workers);

    /// <param name="routes">Their hosts and clusters are those of every listener.</param>
    /// <param name="listeners">Makes the listeners of one for HTTPS without TLS.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="workers">Threads.</param>
    public static async Task<TlsProxy> StartAsync(TestRoutes routes, Func<Listener, IReadOnlyList<Listener>> listeners, ProxyLimits? limits = null, int workers = 1)
    {
        var proxy = new TlsProxy(limits ?? new ProxyLimits(), workers);
        var result = await proxy.ApplyAsync(routes, listeners);
        Assert.True(result.Applied, string.Join("; ", result.Errors.Select(error => error.Message)));
        return proxy;
    }

    public static ListenerTls Terminate(params TestCertificate[] certificates) => new()
    {
        Mode = TlsMode.Terminate,
        Certificates = [.. certificates.Select(certificate => certificate.ToConfiguration())],
    };

    public Task<ApplyResult> ApplyAsync(TestRoutes routes, ListenerTls tls) => ApplyAsync(routes, listener => [listener with { Tls = tls }]);

    public Task<ApplyResult> ApplyAsync(TestRoutes routes, Func<Listener, IReadOnlyList<Listener>> listeners)
    {
        var configuration = routes.Build(_port.Port);
        configuration = configuration with { Listeners = listeners(configuration.Listeners[0] with { Name = "https", Protocol = ListenerProtocol.Https }) };
        return Server.ApplyAsync(configuration).Within("the configuration to be applied");
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(EndPoint).Within("connect to the proxy");
        return socket;
    }

    /// <summary>A connection whose handshake is done.</summary>
    public async Task<TlsClient> ConnectTlsAsync(SslClientAuthenticationOptions options)
    {
        var client = new TlsClient(await ConnectAsync());
        try
        {
            await client.ShakeAsync(options);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public Task<TlsClient> ConnectTlsAsync(string host = "a.example", params string[] protocols) =>
        ConnectTlsAsync(TlsClient.Options(host, protocols));

    /// <summary>A client that comes here whatever host it is asked for.</summary>
    public HttpClient CreateClient(Version version, Action<SslClientAuthenticationOptions>? change = null)
    {
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
        change?.Invoke(options);
        var handler = new SocketsHttpHandler
        {
            SslOptions = options,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, _) => new NetworkStream(await ConnectAsync(), ownsSocket: true),
        };
        return new HttpClient(handler) { DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, Timeout = Guard.Limit };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().AsTask().Within("the proxy to stop");
        _port.Dispose();
        if (!_faults.IsEmpty)
            throw new InvalidOperationException($"{_faults.Count} defects were caught on a worker; the first:", _faults.First());
    }
}
