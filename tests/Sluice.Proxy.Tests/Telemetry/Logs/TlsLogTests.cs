using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>What is told of TLS.</summary>
public sealed class TlsLogTests
{
    [Fact]
    public async Task VersionCipherAndNames_AreTold()
    {
        using var folder = new TemporaryFolder();
        await using var backend = ScriptedBackend.Answering();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Telemetry = new TelemetrySettings
        {
            AccessLogs = [new AccessLog { Sink = new FileLogSink(folder["a"]), Format = new AccessLogFormat(AccessLogFormatType.Text, "%DOWNSTREAM_TLS_VERSION% %DOWNSTREAM_TLS_CIPHER% %REQUESTED_SERVER_NAME% %REQ(:SCHEME)% %DOWNSTREAM_PEER_SUBJECT%\n") }],
        };
        await using var proxy = await TlsProxy.StartAsync(routes, certificate);
        using var client = proxy.CreateClient(new Version(2, 0));

        using var response = await client.GetAsync($"https://a.example:{proxy.EndPoint.Port}/", TestContext.Current.CancellationToken);

        await Eventually.Holds(() => folder.Lines("a").Length == 1, "a line");
        Assert.Matches("^TLSv1.3 TLS_[A-Z0-9_]+ a.example https -$", folder.Lines("a")[0]);
    }
}
