using Sluice.Configuration;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Who has a port, and with what. Other ListenerSets are not named to each other, since their owners may be strangers.</summary>
/// <param name="first">The listener that came first.</param>
/// <param name="claimant">The object that it belongs to, as others are told.</param>
internal sealed class PortClaim(ListenerEvaluation first, string claimant)
{
    /// <summary>Listeners of one object cannot share the port, so that nobody has it.</summary>
    public bool IsDisputed { get; set; }

    /// <summary>Hostnames, and whose they are.</summary>
    public Dictionary<string, string> Hosts { get; } = new(StringComparer.Ordinal);

    /// <summary>Why a listener of a later object cannot share the port; null when it can.</summary>
    public Finding? Against(ListenerEvaluation listener)
    {
        var protocol = listener.Protocol!.Value;
        if (IsDisputed)
            return new Finding(Reason.ProtocolConflict, $"{claimant} has listeners on port {listener.Spec.Port} that conflict, and comes first");
        if (ListenerProtocols.Family(protocol) != ListenerProtocols.Family(first.Protocol!.Value))
            return new Finding(Reason.ProtocolConflict, $"{claimant} uses port {listener.Spec.Port} with protocol {first.Spec.Protocol} and comes first; this listener has {listener.Spec.Protocol}");
        if (protocol is ListenerProtocol.Tcp or ListenerProtocol.Udp)
            return new Finding(Reason.ProtocolConflict, $"{claimant} uses port {listener.Spec.Port} with protocol {first.Spec.Protocol} too and comes first");
        if (!Agree(first.ProxyProtocol, listener.ProxyProtocol))
            return new Finding(Reason.ProtocolConflict, $"{claimant} uses port {listener.Spec.Port} {(first.ProxyProtocol is null ? "without the" : "with another")} PROXY protocol and comes first; make {ProxyProtocolSettings.Annotation} agree");
        return Hosts.TryGetValue(listener.Hostname, out var holder)
            ? new Finding(Reason.HostnameConflict, $"{holder} has port {listener.Spec.Port} and {Describe(listener)} too and comes first")
            : null;
    }

    public static bool Agree(ProxyProtocolAcceptance? one, ProxyProtocolAcceptance? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && one.TrustedSources.SequenceEqual(other.TrustedSources));

    public static string Describe(ListenerEvaluation listener) => listener.Hostname.Length == 0 ? "no hostname" : $"hostname \"{listener.Spec.Hostname}\"";
}
