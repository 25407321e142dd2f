using System.Text.Json;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry.Support;

/// <summary>A proxy that writes an access log to a file.</summary>
internal sealed class LoggedProxy : IAsyncDisposable
{
    private const string Name = "access.log";

    private readonly TemporaryFolder _folder = new();

    private LoggedProxy(AccessLogFormat format, AccessLogFilter? filter) =>
        Settings = new TelemetrySettings { AccessLogs = [new AccessLog { Sink = new FileLogSink(_folder[Name]), Format = format, Filter = filter }] };

    public TelemetrySettings Settings { get; }

    public TestProxy Proxy { get; private set; } = null!;

    public ProxyServer Server => Proxy.Server;

    /// <summary>With a text that says these operators, with a space between them.</summary>
    public static Task<LoggedProxy> StartAsync(string format, TestRoutes routes, AccessLogFilter? filter = null, ProxyLimits? limits = null) =>
        StartAsync(new AccessLogFormat(AccessLogFormatType.Text, format + "\n"), routes, filter, limits);

    public static async Task<LoggedProxy> StartAsync(AccessLogFormat format, TestRoutes routes, AccessLogFilter? filter = null, ProxyLimits? limits = null)
    {
        var logged = new LoggedProxy(format, filter);
        routes.Telemetry = logged.Settings;
        logged.Proxy = await TestProxy.StartAsync(limits ?? new ProxyLimits(), routes);
        return logged;
    }

    /// <summary>So many lines, which must be all.</summary>
    public async Task<string[]> LinesAsync(int count)
    {
        await Eventually.Holds(() => _folder.Lines(Name).Length >= count, $"{count} lines");
        var lines = _folder.Lines(Name);
        Assert.Equal(count, lines.Length);
        return lines;
    }

    public async Task<string> LineAsync() => (await LinesAsync(1))[0];

    public async Task<JsonElement> JsonAsync() => JsonDocument.Parse(await LineAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _folder.Dispose();
    }
}
