using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Cli.Echo;

/// <summary>The demo backend's servers, listening from <see cref="StartAsync"/> to disposal.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly EchoTcpServer? _tcp;
    private readonly EchoUdpServer? _udp;

    private EchoServer(WebApplication web, EchoTcpServer? tcp, EchoUdpServer? udp, IPEndPoint http, IPEndPoint http2)
    {
        _web = web;
        _tcp = tcp;
        _udp = udp;
        Http = http;
        Http2 = http2;
    }

    /// <summary>HTTP/1.1 and HTTP/2 with prior knowledge.</summary>
    public IPEndPoint Http { get; }

    /// <summary>HTTP/2 only.</summary>
    public IPEndPoint Http2 { get; }

    public IPEndPoint? Tcp => _tcp?.EndPoint;

    public IPEndPoint? Udp => _udp?.EndPoint;

    /// <exception cref="IOException">A port cannot be bound.</exception>
    public static async Task<EchoServer> StartAsync(EchoOptions options, TextWriter log)
    {
        var web = Build(options, TextWriter.Synchronized(log));
        EchoTcpServer? tcp = null;
        try
        {
            await web.StartAsync();
            var addresses = web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToArray();
            var http = Parse(addresses[0]);
            var http2 = Parse(addresses[1]);
            tcp = options.TcpPort is { } tcpPort ? EchoTcpServer.Start(new IPEndPoint(options.Address, tcpPort), options) : null;
            var udp = options.UdpPort is { } udpPort ? EchoUdpServer.Start(new IPEndPoint(options.Address, udpPort), options) : null;
            return new EchoServer(web, tcp, udp, http, http2);
        }
        catch
        {
            if (tcp is not null)
                await tcp.DisposeAsync();
            await web.DisposeAsync();
            throw;
        }
    }

    /// <summary>One line with every address.</summary>
    public string Describe() =>
        $"sluice echo: http://{Http} h2c://{Http2}{(Tcp is null ? "" : $" tcp://{Tcp}")}{(Udp is null ? "" : $" udp://{Udp}")}";

    public async ValueTask DisposeAsync()
    {
        if (_udp is not null)
            await _udp.DisposeAsync();
        if (_tcp is not null)
            await _tcp.DisposeAsync();
        await _web.StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
    }

    private static WebApplication Build(EchoOptions options, TextWriter log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        var preface = new PrefaceSwitch();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AllowAlternateSchemes = true;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                ((Microsoft.AspNetCore.Connections.IConnectionBuilder)listen).Use(preface.Switch);
            });
            kestrel.Listen(options.Address, options.Http2Port ?? 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                ((Microsoft.AspNetCore.Connections.IConnectionBuilder)listen).Use(preface.CaptureHttp2);
            });
        });
        var web = builder.Build();
        web.UseWebSockets();
        var handler = new EchoHandler(options, log);
        web.Run(handler.HandleAsync);
        return web;
    }

    private static IPEndPoint Parse(string url)
    {
        var uri = new Uri(url);
        return IPEndPoint.Parse($"{uri.Host}:{uri.Port.ToString(CultureInfo.InvariantCulture)}");
    }
}
