using System.Text.Json;
using Sluice.Controller.Reports;
using Sluice.Proxy;
using Sluice.Proxy.Local;
using Sluice.Proxy.Telemetry;

namespace Sluice.Controller.Admin;

/// <summary><c>/top</c>: what rules of routes have served.</summary>
internal static class TopQuery
{
    private static readonly string Instance = Guid.NewGuid().ToString("N");

    public static LocalResponse Answer(ProxyServer server)
    {
        if (server.ReadTraffic() is not { } traffic)
            return AdminError.Response(409, "requests are not counted here: this instance runs with --metrics-detail off");
        var report = new TopReport
        {
            Instance = Instance,
            At = Environment.TickCount64,
            BucketBounds = RuleTraffic.BucketBounds,
            Routes = [.. traffic.Select(Report)],
        };
        return new LocalResponse(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.TopReport));
    }

    private static TopRouteReport Report(RuleTraffic rule) => new()
    {
        Gateway = rule.Gateway,
        Listener = rule.Listener,
        Route = rule.Route,
        Rule = rule.Rule,
        Requests = rule.Requests,
        Active = rule.Active,
        Classes = rule.Classes,
        Retries = rule.Retries,
        ReceivedBytes = rule.ReceivedBytes,
        SentBytes = rule.SentBytes,
        Buckets = rule.Buckets,
    };
}
