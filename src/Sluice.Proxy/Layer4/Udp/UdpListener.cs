using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>
/// A socket of one worker that datagrams of clients come to, and the sessions of those clients. Every worker has its own on the
/// same address (SO_REUSEPORT); the kernel gives all datagrams of a client to the same one for as long as their number stays.
/// </summary>
internal sealed class UdpListener(Worker worker, UdpServices services, PortBinding binding, bool isWildcard) : Pollable(worker)
{
    /// <summary>Batches taken in one turn; level triggering reports the rest again.</summary>
    private const int TurnBatches = 4;

    private readonly Dictionary<ClientSocket, UdpSession> _sessions = [];

    public PortBinding Binding => binding;

    public void Start(int descriptor) => Open(descriptor, LinuxConstants.EPOLLIN);

    /// <summary>Ends every session and closes the socket.</summary>
    public void Stop()
    {
        if (!IsOpen)
            return;
        services.Flush();
        foreach (var session in _sessions.Values.ToArray())
            services.End(session);
        Worker.Close(Descriptor);
        Descriptor = -1;
    }

    public void Forget(UdpSession session) => _sessions.Remove(session.Key);

    public void Drop(DatagramDrop reason, int count) => Counters?.Drop(reason, count);

    private DatagramCounters? Counters => binding.Table?.OnlyListener.Metrics?.For(Worker).Datagrams;

    internal override void OnEvents(uint events)
    {
        var batch = services.Requests;
        for (var left = TurnBatches; left > 0 && IsOpen; left--)
        {
            var count = batch.Receive(Descriptor, 0, DatagramBatch.Capacity, isWildcard);
            if (count <= 0)
                return;
            Forward(batch, count);
            if (count < DatagramBatch.Capacity)
                return;
        }
    }

    private void Forward(DatagramBatch batch, int count)
    {
        if (binding.Table is not { } table || Counters is not { } counters)
            return;
        for (var first = 0; first < count;)
        {
            // Datagrams of one client often come together; they go on together.
            var local = isWildcard ? batch.LocalAddressOf(first) : default;
            var end = first + 1;
            while (end < count && !isWildcard && batch.AddressOf(end).SequenceEqual(batch.AddressOf(first)))
                end++;

            var key = new ClientSocket(batch.AddressOf(first), local);
            if (!_sessions.TryGetValue(key, out var session))
            {
                if (services.IsDraining)
                {
                    counters.Drop(DatagramDrop.Draining, end - first);
                    first = end;
                    continue;
                }

                session = services.Rent();
                session.Begin(this, counters, key, batch.AddressOf(first), local);
                _sessions.Add(key, session);
            }

            session.Forward(batch, first, end - first, table);
            first = end;
        }
    }

    internal override void OnTimer()
    {
        // Has no deadline.
    }
}
