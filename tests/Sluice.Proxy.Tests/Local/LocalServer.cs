using System.Net;
using Sluice.Proxy.Local;

namespace Sluice.Proxy.Tests.Local;

/// <summary>A proxy that serves nothing but a handler.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private LocalServer(ProxyServer server, IPEndPoint endPoint)
    {
        Server = server;
        EndPoint = endPoint;
    }

    public ProxyServer Server { get; }

    public IPEndPoint EndPoint { get; }

    public static async Task<LocalServer> StartAsync(ILocalHandler handler, ProxyLimits? limits = null, LocalTls? tls = null)
    {
        var server = new ProxyServer(new ProxyOptions { Workers = 1, Limits = limits ?? new ProxyLimits() });
        return new LocalServer(server, await server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), handler, tls));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
