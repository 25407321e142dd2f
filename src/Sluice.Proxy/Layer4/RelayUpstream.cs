using Sluice.Proxy.Engine;
using Sluice.Proxy.Tls.Client;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Layer4;

/// <summary>The side of a relayed connection that leads to an endpoint. Its timer is the connect's.</summary>
internal sealed class RelayUpstream(Worker worker, RelayServices relays) : RelaySide(worker, relays)
{
    private RelayClient _relay = null!;

    public WorkerEndpoint Endpoint { get; private set; } = null!;

    /// <summary>It has ended and has got everything.</summary>
    public bool IsDone => HasEnded && IsFlushed;

    /// <summary>Bytes that the endpoint has acknowledged. Costs a system call.</summary>
    public long TakenBytes => BytesTaken;

    protected override RelayClient Relay => _relay;

    protected override RelayEnd Reset => RelayEnd.BackendReset;

    /// <summary>Begins to connect, and takes over what waits for the endpoint; false when not even that is possible.</summary>
    public bool TryConnect(RelayClient relay, WorkerEndpoint endpoint, TimeSpan timeout, ClientTls? tls, ref ByteQueue first)
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

        GiveUnsent(ref first);
        Worker.Timers.Schedule(this, Worker.Now + (long)timeout.TotalMilliseconds);
        return true;
    }

    protected override void Count(int bytes) => _relay.CountSent(bytes);

    protected override void OnConnected()
    {
        Worker.Timers.Cancel(this);
        _relay.Touch();
    }

    protected override void OnConnectFailed() => _relay.OnConnectFailed(RelayEnd.ConnectFailed);

    internal override void OnTimer() => _relay.OnConnectFailed(RelayEnd.ConnectTimeout);

    /// <summary>Takes what waits for the endpoint, for another one.</summary>
    public ByteQueue TakeWaiting() => TakeUnsent();

    /// <summary>Ends this side. The object goes back to the worker.</summary>
    public void Close(bool reset)
    {
        CloseSide(reset);
        Endpoint.ActiveRequests--;
        Relays.Return(this);
    }
}
