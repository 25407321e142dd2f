using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Tls.Client;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Layer4;

/// <summary>The side of a relayed connection that leads to an endpoint. Its timer is the connect's.</summary>
internal sealed class RelayUpstream(Worker worker, RelayServices relays) : RelaySide(worker, relays)
{
    private RelayClient _relay = null!;
    private int _header; // Bytes that stand in front of the client's.

    public WorkerEndpoint Endpoint { get; private set; } = null!;

    /// <summary>It has ended and has got everything.</summary>
    public bool IsDone => HasEnded && IsFlushed;

    /// <summary>Bytes that the endpoint has acknowledged. Costs a system call.</summary>
    public long TakenBytes => BytesTaken;

    protected override RelayClient Relay => _relay;

    protected override RelayEnd Reset => RelayEnd.BackendReset;

    /// <summary>A backend may answer and close before it has read all that the client says.</summary>
    protected override bool Lingers => true;

    /// <summary>Begins to connect, and takes over what waits for the endpoint; false when not even that is possible.</summary>
    /// <param name="relay">The relay.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="timeout">For the connection, and TLS if there is any.</param>
    /// <param name="tls">Null: in cleartext.</param>
    /// <param name="header">Said in front of everything, TLS included (PROXY protocol); may be empty.</param>
    /// <param name="first">What the client has said, taken over when this succeeds.</param>
    public bool TryConnect(RelayClient relay, WorkerEndpoint endpoint, TimeSpan timeout, ClientTls? tls, ReadOnlySpan<byte> header, ref ByteQueue first)
    {
        var descriptor = UpstreamSocket.TryConnect(ref endpoint.SocketAddress);
        if (descriptor < 0)
            return false;

        ResetSide();
        _relay = relay;
        Other = relay;
        Endpoint = endpoint;
        endpoint.ActiveRequests++;
        OpenConnecting(descriptor);
        if (tls is not null && !TryBeginTls(tls, endpoint.Sessions, ClientProtocols.None))
        {
            endpoint.ActiveRequests--;
            CloseDescriptor();
            return false;
        }

        _header = header.Length;
        if (Tls is not null)
        {
            // In front of the ClientHello, as it is.
            Tls.Output.Append(Worker.Buffers, header);
            GiveUnsent(ref first);
        }
        else if (header.Length > 0)
        {
            Pass(header);
            Pass(first.Bytes);
            first.Clear(Worker.Buffers);
        }
        else
        {
            GiveUnsent(ref first);
        }

        Worker.Timers.Schedule(this, Worker.Now + (long)timeout.TotalMilliseconds);
        return true;
    }

    protected override void Count(int bytes) => _relay.CountSent(bytes);

    protected override void OnConnected()
    {
        Worker.Timers.Cancel(this);
        _relay.Touch();
    }

    protected override void OnConnectFailed() => _relay.OnConnectFailed(RelayEnd.ConnectFailed, ConnectFailure);

    internal override void OnTimer() => _relay.OnConnectFailed(RelayEnd.ConnectTimeout, UpstreamFailure.ConnectTimeout);

    /// <summary>Takes what the client has said and the endpoint has not got, for another one.</summary>
    public ByteQueue TakeWaiting()
    {
        var waiting = TakeUnsent();
        if (Tls is null && _header > 0)
            waiting.Consume(Worker.Buffers, _header);
        return waiting;
    }

    /// <summary>Ends this side. The object goes back to the worker.</summary>
    public void Close(bool reset)
    {
        CloseSide(reset);
        Relays.Metrics.UpstreamClosed++;
        Endpoint.ActiveRequests--;
        Relays.Return(this);
    }
}
