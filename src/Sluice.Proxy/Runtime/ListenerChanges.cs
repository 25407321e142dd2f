using Sluice.Configuration;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// Which listeners of a configuration are not what they were. There may be thousands, of which one changes at a time: as long as
/// they stand where they stood, with their names and ports, the others need not be looked at.
/// </summary>
internal static class ListenerChanges
{
    /// <returns>Positions; null when listeners have come, gone or moved to another place or port, or when no more is known.</returns>
    public static List<int>? Between(IReadOnlyList<Listener>? before, IReadOnlyList<Listener> now)
    {
        if (before is null || before.Count != now.Count)
            return null;
        var changed = new List<int>();
        for (var i = 0; i < now.Count; i++)
        {
            if (ReferenceEquals(before[i], now[i]))
                continue;
            if (!IsInSamePlace(before[i], now[i]))
                return null;
            changed.Add(i);
        }

        return changed;
    }

    private static bool IsInSamePlace(Listener one, Listener other) =>
        one.Name == other.Name
        && one.BindPort == other.BindPort
        && one.Protocol == other.Protocol
        && one.ProxyProtocol == other.ProxyProtocol;
}
