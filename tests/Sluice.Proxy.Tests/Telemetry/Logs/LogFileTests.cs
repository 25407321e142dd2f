using System.Collections.Concurrent;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>Files of access logs: appended to, moved away, and not to be had.</summary>
public sealed class LogFileTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Dropped = "sluice_access_log_lines_dropped_total{gateway=\"test/gateway\",reason=\"output failed\"}";

    [Fact]
    public async Task Lines_AreAppended()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.log"], "before\n", TestContext.Current.CancellationToken);
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend, folder["a.log"]));

        await proxy.ExchangeAsync(Get);
        await proxy.ExchangeAsync(Get);

        await Eventually.Is("before,200,200", () => string.Join(',', folder.Lines("a.log")), "the file");
        Assert.Equal(2, proxy.Server.Metric("sluice_access_log_lines_total{gateway=\"test/gateway\"}"));
        Assert.True(proxy.Server.HasLogFiles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileThatWasMovedAway_IsOpenedAnew(bool isTold)
    {
        using var folder = new TemporaryFolder();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend, folder["a.log"]));
        await proxy.ExchangeAsync(Get);
        await Eventually.Is(1, () => folder.Lines("a.log").Length, "lines");

        File.Move(folder["a.log"], folder["a.log.1"]);
        if (isTold)
        {
            proxy.Server.ReopenLogs();
            await Eventually.Holds(() => File.Exists(folder["a.log"]), "the file is there again");
        }
        else
        {
            // It is looked at once a second, while lines come.
            await Eventually.Holds(
                () =>
                {
                    proxy.ExchangeAsync(Get).GetAwaiter().GetResult();
                    return File.Exists(folder["a.log"]);
                },
                "the file is there again");
        }

        var before = folder.Lines("a.log").Length;
        await proxy.ExchangeAsync(Get);
        await Eventually.Holds(() => folder.Lines("a.log").Length > before, "a line in the new file");
    }

    [Fact]
    public async Task FileThatCannotBeWritten_IsSaidOnce_AndTheRequestsAreServed()
    {
        using var folder = new TemporaryFolder();
        var said = new ConcurrentQueue<string>();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint));
        proxy.Server.TelemetryReported += said.Enqueue;
        await proxy.ApplyAsync(Routes(backend, Path.Combine(folder["missing"], "a.log")));

        for (var lost = 1; lost <= 3; lost++)
        {
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
            var expected = lost;
            await Eventually.Is(expected, () => proxy.Server.Metric(Dropped), "lost lines");
        }

        Assert.Contains("cannot be opened", Assert.Single(said), StringComparison.Ordinal);

        Directory.CreateDirectory(folder["missing"]);
        await proxy.ExchangeAsync(Get);
        await Eventually.Is(2, () => said.Count, "what was said");
        Assert.Contains("can be written again", said.Last(), StringComparison.Ordinal);
        Assert.Equal(3, proxy.Server.Metric(Dropped));
    }

    [Fact]
    public async Task FullDisk_IsCounted()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend, "/dev/full"));

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        await Eventually.Is(1, () => proxy.Server.Metric(Dropped), "lost lines");
    }

    [Fact]
    public async Task EndOfTheProxy_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        await using var backend = ScriptedBackend.Answering();
        await using (var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend, folder["a.log"]), workers: 2))
        {
            for (var i = 0; i < 20; i++)
                await proxy.ExchangeAsync(Get);
        }

        Assert.Equal(20, folder.Lines("a.log").Length);
    }

    private static TestRoutes Routes(ScriptedBackend backend, string path)
    {
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Telemetry = new TelemetrySettings { AccessLogs = [new AccessLog { Sink = new FileLogSink(path), Format = new AccessLogFormat(AccessLogFormatType.Text, "%RESPONSE_CODE%\n") }] };
        return routes;
    }
}
