using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry;

/// <summary>Being told of costs a request no allocation either.</summary>
public sealed class TelemetryAllocationTests
{
    private const int Requests = 500;
    private const string Get = "GET /a/b?c=d HTTP/1.1\r\nHost: a.example\r\nUser-Agent: t\r\nAccept: */*\r\n\r\n";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Request_WithJsonLog_AllocatesNothing(bool isTraced, bool hasAttempts)
    {
        using var folder = new TemporaryFolder();
        await using var collector = OtlpCollector.Start(OtlpProtocol.Http);
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Telemetry = new TelemetrySettings
        {
            AccessLogs = [new AccessLog { Sink = new FileLogSink(folder["a.log"]) }],
            Tracing = isTraced ? new Configuration.Telemetry.Tracing { Provider = collector.Provider, SpawnUpstreamSpan = hasAttempts } : null,
        };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();

        // Buffers are made until there are enough of them.
        for (var round = 0; round < 3; round++)
            await Repeat(client);
        await Allocations.AreNoneAsync(proxy.Server, Requests, () => Repeat(client));
    }

    private static async Task Repeat(RawClient client)
    {
        for (var i = 0; i < Requests; i++)
            await client.ExchangeAsync(Get);
    }
}
