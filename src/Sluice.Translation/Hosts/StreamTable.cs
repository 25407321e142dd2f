using Sluice.Configuration;
using Sluice.Translation.Gateways;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Hosts;

/// <summary>
/// The streams of a listener with protocol TLS, by server name, or of one with protocol TCP or UDP, which has no names and holds
/// one stream for "*". Of several routes for one hostname all are attached, and the oldest serves alone.
/// </summary>
internal sealed class StreamTable(ListenerOwner owner, string name) : HostTable<StreamMemo, TlsHost>(owner, name)
{
    /// <summary>What clients send is passed on as it is: datagrams, and TLS that does not end here.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Of a listener without names.</summary>
    public StreamRoute? Stream => Hosts.Count == 0 ? null : Hosts[0].Route;

    protected override string HostnameOf(TlsHost host) => host.Hostname;

    protected override TlsHost Build(string hostname, StreamMemo[] owners, TlsHost? old)
    {
        var route = owners[0].StreamOn(this);
        return old is not null && ReferenceEquals(old.Route, route) ? old : new TlsHost(hostname, route);
    }
}
