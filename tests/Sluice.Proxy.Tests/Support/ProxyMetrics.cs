using System.Globalization;

namespace Sluice.Proxy.Tests.Support;

/// <summary>Reads single values out of what the proxy says about itself.</summary>
internal static class ProxyMetrics
{
    /// <param name="server">The proxy.</param>
    /// <param name="series">Name with labels, as written.</param>
    public static long Metric(this ProxyServer server, string series)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        server.WriteMetrics(writer);
        foreach (var line in writer.ToString().Split('\n'))
        {
            if (line.StartsWith(series + " ", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(series.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        throw new KeyNotFoundException($"no series {series}");
    }

    public static long ActiveConnections(this ProxyServer server) => server.Metric("sluice_downstream_connections_active");

    public static long Failures(this ProxyServer server, string reason) => server.Metric($"sluice_upstream_failures_total{{reason=\"{reason}\"}}");
}
