using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>
/// Finds listeners that are not distinct (Gateway.spec.listeners): one port with different protocols, or one port and
/// hostname twice. None of them wins.
/// </summary>
internal static class ListenerConflicts
{
    /// <summary>One entry per listener, null where there is no conflict.</summary>
    public static Finding?[] Find(IReadOnlyList<GatewayListener> listeners)
    {
        var conflicts = new Finding?[listeners.Count];
        for (var i = 0; i < listeners.Count; i++)
        {
            for (var j = 0; j < listeners.Count && conflicts[i] is null; j++)
            {
                if (i != j)
                    conflicts[i] = Compare(listeners[i], listeners[j]);
            }
        }
        return conflicts;
    }

    private static Finding? Compare(GatewayListener one, GatewayListener other)
    {
        var family = ListenerProtocols.Family(one.Protocol);
        var otherFamily = ListenerProtocols.Family(other.Protocol);
        if (one.Port != other.Port || family is null || otherFamily is null)
            return null;
        if (family != otherFamily)
            return new Finding(Reason.ProtocolConflict, $"listener \"{other.Name}\" uses port {one.Port} with protocol {other.Protocol}, this one with {one.Protocol}");
        if (!string.Equals(one.Hostname ?? "", other.Hostname ?? "", StringComparison.OrdinalIgnoreCase))
            return null;
        var hostname = string.IsNullOrEmpty(one.Hostname) ? "no hostname" : $"hostname \"{one.Hostname}\"";
        return new Finding(Reason.HostnameConflict, $"listener \"{other.Name}\" has port {one.Port} and {hostname} too");
    }
}
