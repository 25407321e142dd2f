using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>Leaves out requests for a listener's health check path, and those of health checkers, which say so in User-Agent.</summary>
internal sealed class HealthCheckFilter(int userAgent) : RecordFilter
{
    /// <summary>How the User-Agent of known checkers begins.</summary>
    private static readonly byte[][] Agents = [.. new[] { "kube-probe/", "GoogleHC/", "ELB-HealthChecker/", "Envoy/HC", "Consul Health Check" }.Select(Encoding.ASCII.GetBytes)];

    public override bool Passes(RequestRecord record, Worker worker)
    {
        if (record.IsHealthCheck)
            return false;
        if (!record.TryGet(record.RequestField(userAgent), out var value))
            return true;
        foreach (var agent in Agents)
        {
            if (value.StartsWith(agent))
                return false;
        }

        return true;
    }
}
