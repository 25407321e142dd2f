using Sluice.Proxy.Tests.Http1.Cases;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>A peer that is a proxy: what it has read is what its backend gets.</summary>
internal abstract class ProxyPeer : Peer
{
    private const string Barrier = "BARRIER / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private readonly LooseBackend _backend = new();

    protected int BackendPort => _backend.Port;

    public override async Task<PeerReading> ReadAsync(string text, bool endsStream)
    {
        var responses = await PeerClient.ExchangeAsync(EndPoint, text, endsStream);

        // Some answer, or give up, before the backend has heard of it: another request follows, and what came before it counts.
        await PeerClient.ExchangeAsync(EndPoint, Barrier, endsStream: false);
        return new PeerReading([.. _backend.TakeSeen().Where(seen => seen.Method != "BARRIER")], PeerClient.Statuses(responses));
    }

    /// <summary>Takes out what the backend has got so far.</summary>
    public IReadOnlyList<SeenRequest> TakeSeen() => _backend.TakeSeen();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _backend.DisposeAsync();
    }
}
