using Sluice.Controller.Telemetry;

namespace Sluice.Controller.Streaming;

/// <summary>Metrics of the configuration stream's server.</summary>
internal static class StreamMetrics
{
    public static void Write(PrometheusWriter writer, StreamHub hub)
    {
        var counts = hub.Feeds.Select(feed => feed.Count()).OrderBy(count => count.Gateway, StringComparer.Ordinal).ToArray();
        Write(writer, counts, "sluice_stream_proxies", "Proxies connected to the configuration stream.", count => count.Connected);
        Write(writer, counts, "sluice_stream_proxies_applied", "Proxies that serve their Gateway's newest configuration.", count => count.Applied);
        Write(writer, counts, "sluice_stream_proxies_rejected", "Proxies that have refused their Gateway's newest configuration.", count => count.Rejected);
        writer.Counter("sluice_stream_opened_total", "Configuration streams that were opened.", hub.Counters.Opened);
        writer.Declare("sluice_stream_ended_total", "counter", "Configuration streams that have ended or were refused, by reason.");
        foreach (var end in Enum.GetValues<StreamEnd>())
            writer.Sample("sluice_stream_ended_total", hub.Counters.Of(end), ("reason", Name(end)));
        writer.Declare("sluice_stream_updates_total", "counter", "Updates sent whole, by what they hold.");
        writer.Sample("sluice_stream_updates_total", hub.Counters.Full, ("kind", "full"));
        writer.Sample("sluice_stream_updates_total", hub.Counters.Deltas, ("kind", "delta"));
        writer.Sample("sluice_stream_updates_total", hub.Counters.Unchanged, ("kind", "unchanged"));
        writer.Counter("sluice_stream_update_bytes_total", "Bytes of updates.", hub.Counters.Bytes);
    }

    private static void Write(PrometheusWriter writer, ProxyCounts[] counts, string name, string help, Func<ProxyCounts, int> value)
    {
        writer.Declare(name, "gauge", help);
        foreach (var count in counts)
            writer.Sample(name, value(count), ("gateway", count.Gateway));
    }

    private static string Name(StreamEnd end) => end switch
    {
        StreamEnd.HandshakeRate => "handshake_rate",
        StreamEnd.RefusedAddress => "refused_address",
        _ => end.ToString().ToLowerInvariant(),
    };
}
