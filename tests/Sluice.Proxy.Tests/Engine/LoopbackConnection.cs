using System.Net.Sockets;
using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>A connection on a worker that does what a test says when something happens.</summary>
internal sealed class LoopbackConnection(Worker worker) : StreamConnection(worker)
{
    public Action Reading { get; init; } = () => { };

    public Action Firing { get; init; } = () => { };

    public Action Abandoning { get; init; } = () => { };

    /// <summary>On the worker. Takes the socket's descriptor over.</summary>
    public void Take(Socket socket)
    {
        socket.Blocking = false;
        OpenAccepted((int)socket.SafeHandle.DangerousGetHandle());
        socket.SafeHandle.SetHandleAsInvalid();
    }

    public void Close() => CloseDescriptor();

    internal override void OnTimer() => Firing();

    internal override void Abandon()
    {
        Abandoning();
        CloseDescriptor();
    }

    protected override void OnReadable() => Reading();

    protected override void OnDrained()
    {
    }

    protected override void OnSendFailed() => CloseDescriptor();
}
