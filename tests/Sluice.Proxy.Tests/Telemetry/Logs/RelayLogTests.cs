using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Layer4;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>Connections and datagrams that are relayed: one line at their end.</summary>
public sealed class RelayLogTests
{
    private const string Format = "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %BYTES_RECEIVED% %BYTES_SENT% %UPSTREAM_HOST% %UPSTREAM_CLUSTER% %LISTENER% %PROTOCOL% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%\n";

    [Fact]
    public async Task Connection_HasALine()
    {
        using var folder = new TemporaryFolder();
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        await ApplyAsync(proxy.Server, proxy.Configure(listener => listener, StreamProxy.Backends(backend.Endpoint)), folder["a"]);
        using (var client = await proxy.ConnectAsync())
        {
            await client.SendTextAsync("hello");
            await client.ReadTextAsync(5);
            client.Shutdown(SocketShutdown.Send);
            await client.ReadToEndAsync();
        }

        await Eventually.Holds(() => folder.Lines("a").Length == 1, "a line");
        Assert.Equal($"0 - relayed 5 5 127.0.0.1:{backend.Endpoint.Port} test/echo:80 tcp - 127.0.0.1", folder.Lines("a")[0]);
    }

    [Fact]
    public async Task ConnectionThatNobodyTakes_IsUF_AndWithoutBackend_UH()
    {
        using var folder = new TemporaryFolder();
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await StreamProxy.StartAsync(new Endpoint("127.0.0.1", dead.Port));
        await ApplyAsync(proxy.Server, proxy.Configure(listener => listener, StreamProxy.Backends(new Endpoint("127.0.0.1", dead.Port))), folder["a"]);
        using (var client = await proxy.ConnectAsync())
            await client.ReadToEndAsync();
        await ApplyAsync(proxy.Server, proxy.Configure(listener => listener, (null, 1)), folder["b"]);
        using (var client = await proxy.ConnectAsync())
            await client.ReadToEndAsync();

        await Eventually.Holds(() => folder.Lines("a").Length == 1 && folder.Lines("b").Length == 1, "lines");
        Assert.Equal($"0 UF upstream_reset_before_response_started{{connection_failure}} 0 0 127.0.0.1:{dead.Port} test/echo:80 tcp - 127.0.0.1", folder.Lines("a")[0]);
        Assert.Equal("0 UH no_healthy_upstream 0 0 - - tcp - 127.0.0.1", folder.Lines("b")[0]);
    }

    [Fact]
    public async Task FormatThatSaysNothingOfConnections_HasNoLinesOfThem()
    {
        using var folder = new TemporaryFolder();
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        await ApplyAsync(proxy.Server, proxy.Configure(listener => listener, StreamProxy.Backends(backend.Endpoint)), folder["a"], "%REQ(:PATH)% %RESPONSE_CODE%\n");
        using (var client = await proxy.ConnectAsync())
        {
            client.Shutdown(SocketShutdown.Send);
            await client.ReadToEndAsync();
        }

        await proxy.Ended("completed");
        Assert.Equal(0, proxy.Server.Metric("sluice_access_log_lines_total{gateway=\"test/streams\"}"));
    }

    [Fact]
    public async Task DatagramsOfAClient_HaveALine_WhenTheyAreForgotten()
    {
        using var folder = new TemporaryFolder();
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits { UdpSessionTimeout = TimeSpan.FromMilliseconds(100) }, 1, (StreamProxy.Cluster("echo", backend.Endpoint), 1));
        await ApplyAsync(proxy.Server, proxy.Configure((StreamProxy.Cluster("echo", backend.Endpoint), 1)), folder["a"]);
        using var client = proxy.Connect();
        await client.SendAsync("hello"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[100];
        var length = await client.ReceiveAsync(answer, TestContext.Current.CancellationToken).AsTask().Within("an answer");

        await Eventually.Holds(() => folder.Lines("a").Length == 1, "a line");
        Assert.Equal($"0 - relayed 5 {length} 127.0.0.1:{backend.Endpoint.Port} test/echo:80 udp - 127.0.0.1", folder.Lines("a")[0]);
    }

    private static async Task ApplyAsync(ProxyServer server, ProxyConfiguration configuration, string path, string format = Format)
    {
        var log = new AccessLog { Sink = new FileLogSink(path), Format = new AccessLogFormat(AccessLogFormatType.Text, format) };
        var result = await server.ApplyAsync(configuration with { Telemetry = new TelemetrySettings { AccessLogs = [log] } }).Within("the configuration to be applied");
        Assert.True(result.Applied);
        Assert.Empty(result.Warnings);
    }
}
