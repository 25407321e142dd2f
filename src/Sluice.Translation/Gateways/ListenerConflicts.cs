using Sluice.Configuration;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>
/// Finds listeners that are not distinct (Gateway.spec.listeners): one port with protocols that do not go together, or one
/// port and hostname twice. Among the listeners of one object none of them wins. Between objects the first wins: the Gateway
/// itself, then its ListenerSets from the oldest (GEP-1713).
/// </summary>
internal sealed class ListenerConflicts
{
    private readonly Dictionary<(bool IsUdp, int Port), PortClaim> _ports = [];

    /// <summary>What is wrong with each of the listeners of one object, which come after those of the objects given before.</summary>
    /// <param name="listeners">As they are by themselves.</param>
    /// <param name="claimant">How others are told of this object.</param>
    public Finding?[] Claim(IReadOnlyList<ListenerEvaluation> listeners, string claimant)
    {
        var conflicts = new Finding?[listeners.Count];
        for (var i = 0; i < listeners.Count; i++)
        {
            if (listeners[i].Protocol is not null && _ports.TryGetValue(Place(listeners[i]), out var claim))
                conflicts[i] = claim.Against(listeners[i]);
        }
        var lost = Array.ConvertAll(conflicts, conflict => conflict is not null);
        for (var i = 0; i < listeners.Count; i++)
        {
            for (var j = 0; j < listeners.Count && conflicts[i] is null; j++)
            {
                if (i != j && !lost[j])
                    conflicts[i] = Compare(listeners[i], listeners[j]);
            }
        }

        // Those that dispute a place among themselves hold it all the same: nobody else gets what may have been theirs.
        for (var i = 0; i < listeners.Count; i++)
        {
            if (listeners[i].Protocol is null || lost[i])
                continue;
            if (!_ports.TryGetValue(Place(listeners[i]), out var claim))
                _ports.Add(Place(listeners[i]), claim = new PortClaim(listeners[i], claimant));
            claim.IsDisputed |= conflicts[i]?.Reason == Reason.ProtocolConflict;
            claim.Hosts.TryAdd(listeners[i].Hostname, claimant);
        }
        return conflicts;
    }

    private static Finding? Compare(ListenerEvaluation one, ListenerEvaluation other)
    {
        if (one.Protocol is not { } protocol || other.Protocol is not { } otherProtocol || Place(one) != Place(other))
            return null;
        var (name, port) = (other.Spec.Name, one.Spec.Port);
        if (ListenerProtocols.Family(protocol) != ListenerProtocols.Family(otherProtocol))
            return new Finding(Reason.ProtocolConflict, $"listener \"{name}\" uses port {port} with protocol {other.Spec.Protocol}, this one with {one.Spec.Protocol}");
        if (protocol is ListenerProtocol.Tcp or ListenerProtocol.Udp)
            return new Finding(Reason.ProtocolConflict, $"listener \"{name}\" uses port {port} with protocol {other.Spec.Protocol} too, and nothing tells their connections apart");
        if (!PortClaim.Agree(one.ProxyProtocol, other.ProxyProtocol))
            return new Finding(Reason.ProtocolConflict, $"listener \"{name}\" on port {port} and this one do not agree on the PROXY protocol, which comes before anything that tells their connections apart; name both or none in {ProxyProtocolSettings.Annotation}");
        return one.Hostname == other.Hostname
            ? new Finding(Reason.HostnameConflict, $"listener \"{name}\" has port {port} and {PortClaim.Describe(one)} too")
            : null;
    }

    private static (bool IsUdp, int Port) Place(ListenerEvaluation listener) => (listener.Protocol == ListenerProtocol.Udp, listener.Spec.Port);
}
