using Sluice.Proxy.Engine;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Runtime;

namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>
/// A client connection until its PROXY protocol header is complete. The header is looked at where it lies and taken out of the
/// socket only as a whole, so that what stands behind it is read by the object that the connection goes on as.
/// </summary>
internal sealed class ProxyHeaderConnection(Worker worker, WorkerServices services) : StreamConnection(worker), IClientConnection
{
    private PortBinding _binding = null!;
    private ClientAddress _peer;

    public PortBinding Binding => _binding;

    public bool IsLocal => false;

    /// <summary>Nothing has been asked for yet.</summary>
    public bool IsIdle => true;

    public void Accept(int descriptor, PortBinding binding, in ClientAddress peer)
    {
        _binding = binding;
        _peer = peer;
        OpenAccepted(descriptor);
        if (binding.Table?.Connection is { } settings)
            LimitUnsent(settings.BufferBytes);
        Worker.Timers.Schedule(this, Worker.Now + services.Relays.HeaderTimeout);
    }

    protected override void OnReadable()
    {
        var limit = services.Limits.ProxyHeaderBytes;
        var count = Peek(Worker.ReceiveBuffer[..limit]);
        if (count is 0 or -2)
        {
            Refuse(ProxyHeaderStatus.Incomplete);
            return;
        }

        if (count < 0)
            return;
        if (_binding.Table is { TakesPlain: true } && !ProxyHeaderParser.MayBegin(Worker.ReceiveBuffer[..count]))
        {
            Continue(_peer);
            return;
        }

        var status = ProxyHeaderParser.Parse(Worker.ReceiveBuffer[..count], limit, out var length, out var addresses);
        if (status == ProxyHeaderStatus.Partial && !PeerClosed)
            return;
        if (status != ProxyHeaderStatus.Complete)
        {
            Refuse(status == ProxyHeaderStatus.Partial ? ProxyHeaderStatus.Incomplete : status);
            return;
        }

        if (Receive(Worker.ReceiveBuffer[..length]) != length)
        {
            Refuse(ProxyHeaderStatus.Incomplete);
            return;
        }

        Continue(addresses is null ? _peer : new ClientAddress(addresses));
    }

    private void Continue(in ClientAddress client)
    {
        if (ClientAcceptor.TryContinue(this, _binding, services, client))
            services.Relays.Return(this);
        else
            Close();
    }

    internal override void OnTimer() => Refuse(ProxyHeaderStatus.Incomplete);

    private void Refuse(ProxyHeaderStatus status)
    {
        services.Metrics.CountProxyHeader(status);
        Close();
    }

    private void Close()
    {
        if (!IsOpen)
            return;
        CloseDescriptor();
        services.OnDownstreamClosed();
        services.Relays.Return(this);
    }

    protected override void OnDrained()
    {
        // Nothing is sent.
    }

    protected override void OnSendFailed() => Close();

    internal override void Abandon() => Close();

    public void BeginDrain()
    {
    }

    public void CloseIdle() => Close();

    public void Cut() => Close();
}
