using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Cli.Echo;

/// <summary>The demo backend's servers, listening from <see cref="StartAsync"/> to disposal.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly EchoTcpServer? _tcp;
    private readonly EchoTcpServer? _tcpTls;
    private readonly EchoUdpServer? _udp;

    private EchoServer(WebApplication web, IReadOnlyList<IPEndPoint> addresses, EchoTcpServer? tcp, EchoTcpServer? tcpTls, EchoUdpServer? udp)
    {
        _web = web;
        _tcp = tcp;
        _tcpTls = tcpTls;
        _udp = udp;
        Http = addresses[0];
        Http2 = addresses[1];
        Https = addresses.Count > 2 ? addresses[2] : null;
    }

    /// <summary>HTTP/1.1 and HTTP/2 with prior knowledge.</summary>
    public IPEndPoint Http { get; }

    /// <summary>HTTP/2 only.</summary>
    public IPEndPoint Http2 { get; }

    /// <summary>HTTP/1.1 and HTTP/2 over TLS.</summary>
    public IPEndPoint? Https { get; }

    public IPEndPoint? Tcp => _tcp?.EndPoint;

    public IPEndPoint? TcpTls => _tcpTls?.EndPoint;

    public IPEndPoint? Udp => _udp?.EndPoint;

    /// <exception cref="IOException">A port cannot be bound.</exception>
    public static async Task<EchoServer> StartAsync(EchoOptions options, TextWriter log)
    {
        var web = Build(options, TextWriter.Synchronized(log));
        EchoTcpServer? tcp = null;
        EchoTcpServer? tcpTls = null;
        try
        {
            await web.StartAsync();
            var addresses = web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToArray();
            tcp = options.TcpPort is { } tcpPort ? EchoTcpServer.Start(new IPEndPoint(options.Address, tcpPort), options, certificate: null) : null;
            tcpTls = options.TcpTlsPort is { } tcpTlsPort ? EchoTcpServer.Start(new IPEndPoint(options.Address, tcpTlsPort), options, options.Certificate) : null;
            var udp = options.UdpPort is { } udpPort ? EchoUdpServer.Start(new IPEndPoint(options.Address, udpPort), options) : null;
            return new EchoServer(web, [.. addresses.Select(Parse)], tcp, tcpTls, udp);
        }
        catch
        {
            if (tcp is not null)
                await tcp.DisposeAsync();
            if (tcpTls is not null)
                await tcpTls.DisposeAsync();
            await web.DisposeAsync();
            throw;
        }
    }

    /// <summary>One line with every address.</summary>
    public string Describe() =>
        $"sluice echo: http://{Http} h2c://{Http2}{Part("https", Https)}{Part("tcp", Tcp)}{Part("tcp+tls", TcpTls)}{Part("udp", Udp)}";

    public async ValueTask DisposeAsync()
    {
        if (_udp is not null)
            await _udp.DisposeAsync();
        if (_tcp is not null)
            await _tcp.DisposeAsync();
        if (_tcpTls is not null)
            await _tcpTls.DisposeAsync();
        await _web.StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
    }

    private static WebApplication Build(EchoOptions options, TextWriter log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        var preface = new PrefaceSwitch();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
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
            if (options.TlsPort is { } tlsPort)
            {
                kestrel.Listen(options.Address, tlsPort, listen => listen.UseHttps(https =>
                {
                    https.ServerCertificate = options.Certificate;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) =>
                        options.ClientAuthority is not { } authority || EchoCertificate.IsSignedBy(certificate, authority);
                }));
            }
        });
        var web = builder.Build();
        web.UseWebSockets();
        var handler = new EchoHandler(options, log);
        web.Run(handler.HandleAsync);
        return web;
    }

    private static string Part(string scheme, IPEndPoint? endPoint) => endPoint is null ? "" : $" {scheme}://{endPoint}";

    private static IPEndPoint Parse(string url)
    {
        var uri = new Uri(url);
        return IPEndPoint.Parse($"{uri.Host}:{uri.Port.ToString(CultureInfo.InvariantCulture)}");
    }
}
