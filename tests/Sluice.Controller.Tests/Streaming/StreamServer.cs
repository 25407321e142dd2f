using System.Net;
using Sluice.Controller.ProxyMode;
using Sluice.Controller.Streaming;
using Sluice.Proxy;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>A controller's side of the stream on a port of its own, which may be stopped and started again.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-stream-");
    private readonly StreamLimits _limits;
    private readonly TimeProvider _clock;
    private ProxyServer? _server;

    private StreamServer(StreamLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
        TokenFile = Path.Combine(_folder.FullName, "token");
        CaFile = Path.Combine(_folder.FullName, "ca.crt");
        File.WriteAllText(TokenFile, FakeAuthenticator.Token + "\n");
    }

    public StreamHub Hub { get; private set; } = null!;

    public RemoteDataPlane DataPlane { get; private set; } = null!;

    public StreamAuthority Authority { get; private set; } = null!;

    public FakeAuthenticator Authenticator { get; } = new();

    public IPEndPoint EndPoint { get; private set; } = new(Loopback.NewAddress(), 0);

    public string TokenFile { get; }

    public string CaFile { get; }

    public string StateFolder => Path.Combine(_folder.FullName, "state");

    public ControllerAddress Address => new(EndPoint.Address.ToString(), EndPoint.Port, TestConfigurations.Gateway, TokenFile, CaFile, "controller.test");

    public ProxyModeOptions ProxyOptions => new()
    {
        ControllerHost = EndPoint.Address.ToString(),
        ControllerPort = EndPoint.Port,
        Gateway = TestConfigurations.Gateway,
        TokenFile = TokenFile,
        CaFile = CaFile,
        ServerName = "controller.test",
        Addresses = [Loopback.NewAddress()],
        Admin = new IPEndPoint(IPAddress.Loopback, 0),
        Workers = 1,
        DrainDelay = TimeSpan.Zero,
        DrainTimeout = TimeSpan.Zero,
    };

    public static async Task<StreamServer> StartAsync(StreamLimits? limits = null, TimeProvider? clock = null)
    {
        var server = new StreamServer((limits ?? new StreamLimits()) with { ReturnTolerance = TimeSpan.Zero }, clock ?? TimeProvider.System);
        server.Authority = await StreamAuthority.OpenAsync(new FileAuthorityStore(Path.Combine(server._folder.FullName, "authority")), ["controller.test"], server._clock);
        await File.WriteAllTextAsync(server.CaFile, server.Authority.Bundle);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>As a new controller, which knows no configuration and no proxy.</summary>
    public async Task StartAgainAsync()
    {
        Hub = new StreamHub(_limits, TimeProvider.System);
        DataPlane = new RemoteDataPlane(Hub);
        _server = new ProxyServer(new ProxyOptions { Workers = 1 });
        EndPoint = await _server.ListenLocalAsync(EndPoint, new ConfigurationStreamHandler(Hub, Authenticator), Authority.Tls);
    }

    /// <summary>As a controller that was killed.</summary>
    public async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
        DataPlane.Dispose();
        Hub.Dispose();
    }

    public long Ended(StreamEnd end) => Hub.Counters.Of(end);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }
}
