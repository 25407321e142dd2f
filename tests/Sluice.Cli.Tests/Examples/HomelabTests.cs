using System.Net.WebSockets;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>examples/homelab with the demo backend in place of whoami and Home Assistant.</summary>
public sealed class HomelabTests : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private readonly int _httpsPort = FreePort.Next();
    private readonly ManifestFolder _data = new();
    private EchoBackend _whoami = null!;
    private EchoBackend _homeAssistant = null!;
    private ManifestFolder _folder = null!;
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _whoami = await EchoBackend.StartAsync("whoami");
        _homeAssistant = await EchoBackend.StartAsync("home-assistant");
        _folder = ManifestFolder.OfExample("homelab", ("127.0.0.1:3000", $"127.0.0.1:{_whoami.Port}"), ("port: 8123", $"port: {_homeAssistant.Port}"), ("port: 8080", $"port: {_port}"), ("port: 443", $"port: {_httpsPort}"));
        _sluice = await RunningSluice.StartWithAsync([$"XDG_DATA_HOME={_data.Path}"], _folder.Path, "--dev-tls");
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        _folder.Dispose();
        _data.Dispose();
        await _homeAssistant.DisposeAsync();
        await _whoami.DisposeAsync();
    }

    [Fact]
    public async Task Whoami_BackendInAnotherNamespace_IsReachedByGrant() =>
        Assert.Equal("whoami", (await _sluice.GetAsync(_port, "whoami.jarrett.net", "/")).Pod);

    [Fact]
    public async Task Whoami_GrantTakenAway_Is500UntilItIsBack()
    {
        var granted = await File.ReadAllTextAsync(_folder["whoami.yaml"], TestContext.Current.CancellationToken);

        _folder.Write("whoami.yaml", granted.Replace("kind: HTTPRoute\n      namespace: default", "kind: HTTPRoute\n      namespace: elsewhere", StringComparison.Ordinal));
        var refused = await _sluice.GetUntilAsync(answer => answer.Status != 200, _port, "whoami.jarrett.net", "/");
        _folder.Write("whoami.yaml", granted);
        var again = await _sluice.GetUntilAsync(answer => answer.Status != 500, _port, "whoami.jarrett.net", "/");

        Assert.Equal(500, refused.Status);
        Assert.Equal("whoami", again.Pod);
    }

    [Fact]
    public async Task Https_WithTheLineThatIsPrinted_IsServedOverHttp2()
    {
        Tool.Find("curl", "curl");
        var line = (await _sluice.Process.WaitForLineAsync("  curl --cacert ")).Trim();
        var whoami = line.Replace("home.jarrett.net", "whoami.jarrett.net", StringComparison.Ordinal);

        var curl = await Tool.ShellAsync($"{whoami} --silent --show-error --write-out ' %{{http_code}} %{{http_version}}'");

        Assert.True(curl.ExitCode == 0, curl.Error);
        Assert.Contains("\"whoami\"", curl.Output, StringComparison.Ordinal);
        Assert.EndsWith(" 200 2", curl.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HomeAssistant_OutsideTheCluster_IsReachedByManualEndpoints() =>
        Assert.Equal("home-assistant", (await _sluice.GetAsync(_port, "home.jarrett.net", "/")).Pod);

    [Fact]
    public async Task HomeAssistant_WebSocket_PassesWithoutAnyFilter()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "home.jarrett.net");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/ws"), TestContext.Current.CancellationToken);
        await socket.SendAsync("on"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        var buffer = new byte[16];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("on"u8, buffer.AsSpan(0, received.Count));
    }

    [Theory]
    [InlineData("unknown.jarrett.net")]
    [InlineData("jarrett.net")]
    public async Task OtherHost_IsNotFound(string host) => Assert.Equal(404, (await _sluice.GetAsync(_port, host, "/")).Status);
}
