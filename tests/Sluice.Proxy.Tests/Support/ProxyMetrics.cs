using System.Globalization;

namespace Sluice.Proxy.Tests.Support;

/// <summary>Reads single values out of what the proxy says about itself.</summary>
internal static class ProxyMetrics
{
    /// <param name="server">The proxy.</param>
    /// <param name="series">Name with labels, as written.</param>
    public static long Metric(this ProxyServer server, string series)
    {
        foreach (var line in server.MetricsText().Split('\n'))
        {
            if (line.StartsWith(series + " ", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(series.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        throw new KeyNotFoundException($"no series {series}");
    }

    /// <summary>Everything.</summary>
    public static string MetricsText(this ProxyServer server)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        server.WriteMetrics(writer);
        return writer.ToString();
    }

    /// <summary>Waits until a series has the value. One that is not there yet may come.</summary>
    public static Task ExpectAsync(this ProxyServer server, string series, long expected) =>
        Eventually.Is($"{series} {expected}", () => server.MetricsText().Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)), series);

    public static long ActiveConnections(this ProxyServer server) => server.Metric("sluice_downstream_connections_active");

    public static long Failures(this ProxyServer server, string reason) => server.Metric($"sluice_upstream_failures_total{{reason=\"{reason}\"}}");
}
