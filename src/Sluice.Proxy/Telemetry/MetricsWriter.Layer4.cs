using Sluice.Configuration;
using Sluice.Proxy.Layer4;
using Sluice.Proxy.Layer4.ProxyProtocol;
using Sluice.Proxy.Layer4.Udp;

namespace Sluice.Proxy.Telemetry;

/// <content>Connections and datagrams that are relayed as they are: the series of listeners for TCP, TLS and UDP.</content>
internal sealed partial class MetricsWriter
{
    private void WriteStreams(List<CountedListener> listeners)
    {
        (string Labels, StreamCounters Counters)[] sums =
        [
            .. listeners.Where(listener => listener.Protocol is ListenerProtocol.Tcp or ListenerProtocol.Tls || listener.Counters.StreamsOrNull is not null)
                .Select(listener => (LabelsOf(listener), listener.Counters.Streams)),
        ];
        WriteEach("sluice_stream_connections_total", "counter", "Connections that were relayed or closed for want of a backend, by listener.", sums, counters => counters.Begun);
        WriteEach("sluice_stream_connections_active", "gauge", "Relayed connections open now.", sums, counters => counters.Begun - counters.Ends.Sum());
        Header("sluice_stream_bytes_total", "counter", "Bytes of relayed connections, received from clients and sent to them.");
        foreach (var (labels, counters) in sums)
        {
            Sample($"sluice_stream_bytes_total{{{labels},direction=\"received\"}}", counters.Received);
            Sample($"sluice_stream_bytes_total{{{labels},direction=\"sent\"}}", counters.Sent);
        }

        Header("sluice_stream_ends_total", "counter", "Relayed connections that ended, by reason.");
        foreach (var (labels, counters) in sums)
        {
            foreach (var end in Enum.GetValues<RelayEnd>())
                Sample($"sluice_stream_ends_total{{{labels},reason=\"{RelayEnds.Name(end)}\"}}", counters.Ends[(int)end]);
        }
    }

    private void WriteDatagrams(List<CountedListener> listeners)
    {
        (string Labels, DatagramCounters Counters)[] sums =
        [
            .. listeners.Where(listener => listener.Protocol == ListenerProtocol.Udp || listener.Counters.DatagramsOrNull is not null)
                .Select(listener => (LabelsOf(listener), listener.Counters.Datagrams)),
        ];
        WriteEach("sluice_udp_sessions_total", "counter", "Client sockets that were given a backend, by listener.", sums, counters => counters.SessionsBegun);
        WriteEach("sluice_udp_sessions_active", "gauge", "Client sockets that are remembered now.", sums, counters => counters.SessionsBegun - counters.SessionsEnded);
        WriteEach("sluice_udp_sessions_evicted_total", "counter", "Client sockets forgotten early because the limit was reached.", sums, counters => counters.SessionsEvicted);
        Header("sluice_udp_datagrams_total", "counter", "Datagrams passed on, received from clients and sent to them.");
        foreach (var (labels, counters) in sums)
        {
            Sample($"sluice_udp_datagrams_total{{{labels},direction=\"received\"}}", counters.Received);
            Sample($"sluice_udp_datagrams_total{{{labels},direction=\"sent\"}}", counters.Sent);
        }

        Header("sluice_udp_bytes_total", "counter", "Bytes of the datagrams passed on.");
        foreach (var (labels, counters) in sums)
        {
            Sample($"sluice_udp_bytes_total{{{labels},direction=\"received\"}}", counters.ReceivedBytes);
            Sample($"sluice_udp_bytes_total{{{labels},direction=\"sent\"}}", counters.SentBytes);
        }

        Header("sluice_udp_dropped_total", "counter", "Datagrams dropped, by reason.");
        foreach (var (labels, counters) in sums)
        {
            foreach (var drop in Enum.GetValues<DatagramDrop>())
                Sample($"sluice_udp_dropped_total{{{labels},reason=\"{DatagramDrops.Name(drop)}\"}}", counters.Drops[(int)drop]);
        }
    }

    private void WriteProxyHeaders()
    {
        const string Name = "sluice_proxy_protocol_refused_total";
        Header(Name, "counter", "Client connections closed because of their PROXY protocol header, by reason.");
        foreach (var status in ProxyHeaderStatuses.Refusals)
            Sample($"{Name}{{reason=\"{ProxyHeaderStatuses.Name(status)}\"}}", workers.Sum(worker => worker.ProxyHeaders[(int)status]));
    }

    private void WriteEach<T>(string name, string type, string help, (string Labels, T Counters)[] sums, Func<T, long> value)
    {
        Header(name, type, help);
        foreach (var (labels, counters) in sums)
            Sample($"{name}{{{labels}}}", value(counters));
    }

    private static string LabelsOf(CountedListener listener) => $"gateway=\"{Escape(listener.Gateway)}\",listener=\"{Escape(listener.Listener)}\"";
}
