using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Layer4;

/// <summary>What access logs are told of one relayed connection, or of one client's datagrams, when it ends.</summary>
internal sealed class RelayRecord
{
    private readonly WorkerTelemetry _telemetry;

    private RelayRecord(WorkerTelemetry telemetry, RuntimeListener listener)
    {
        _telemetry = telemetry;
        Record = telemetry.Begin();
        Record.IsRelay = true;
        Record.Listener = listener;
    }

    public RequestRecord Record { get; }

    /// <summary>Null when no log of the Gateway says anything of connections. <see cref="End"/> must follow.</summary>
    public static RelayRecord? Begin(RuntimeListener listener, Worker worker) =>
        listener.Telemetry?.For(worker) is { TakesRelays: true } telemetry ? new RelayRecord(telemetry, listener) : null;

    /// <summary>Copies what is known of the client, which goes on as this connection.</summary>
    public void Take(StreamConnection connection, in ClientAddress client, ReadOnlySpan<byte> serverName)
    {
        Record.ClientAddress = Record.Copy(client.Text, default);
        Record.ClientPort = client.Port;
        ClientFacts.Take(Record, connection);
        ClientFacts.TakeServerName(Record, serverName);
    }

    public void NoteAttempt(WorkerCluster cluster, WorkerEndpoint endpoint)
    {
        Record.Attempts++;
        Record.Cluster = cluster.Cluster;
        Record.Endpoint = endpoint;
    }

    public void End(RelayEnd end)
    {
        (Record.Flags, Record.Details) = end switch
        {
            RelayEnd.Completed => (ResponseFlags.None, ResponseDetails.Relayed),
            RelayEnd.ClientReset => (ResponseFlags.DC, ResponseDetails.DownstreamGone),
            RelayEnd.BackendReset => (ResponseFlags.UC, ResponseDetails.UpstreamTruncated),
            RelayEnd.Idle => (ResponseFlags.SI, ResponseDetails.Idle),
            RelayEnd.NoBackend => (ResponseFlags.UH, ResponseDetails.NoHealthyUpstream),
            RelayEnd.ConnectFailed => (ResponseFlags.UF, Record.Failure is { } failure && failure != UpstreamFailure.Connect ? ResponseDetails.TlsFailure : ResponseDetails.ConnectFailure),
            RelayEnd.ConnectTimeout => (ResponseFlags.UF, ResponseDetails.ConnectTimeout),
            RelayEnd.Cut => (ResponseFlags.LR, ResponseDetails.Drained),
            _ => (ResponseFlags.LR, ResponseDetails.Fault),
        };
        _telemetry.End(Record);
    }
}
