using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Listeners;

/// <summary>Finds the client behind proxies that are known by their addresses.</summary>
internal static class ForwardedFor
{
    /// <summary>
    /// 0 when the peer is none of the trusted; else how many entries at the end of X-Forwarded-For go up to the first that is not, which
    /// is the client. When all are trusted, the first of them is the client. An entry that is no address ends the search: what stands in
    /// front of it nobody vouches for.
    /// </summary>
    public static int CountTrusted(RequestHead head, ReadOnlySpan<byte> peer, IpPrefix[] trusted)
    {
        if (!IsTrusted(peer, trusted))
            return 0;
        var count = 0;
        for (var i = head.FieldCount - 1; i >= 0; i--)
        {
            ref readonly var field = ref head.Fields[i];
            if (field.Known != KnownField.XForwardedFor)
                continue;
            var value = head.ValueOf(field);
            while (value.Length > 0)
            {
                var comma = value.LastIndexOf((byte)',');
                var entry = value[(comma + 1)..].Trim(" \t"u8);
                value = comma < 0 ? default : value[..comma];
                count++;
                if (!IsTrusted(ClientIp.WithoutPort(entry), trusted))
                    return count;
            }
        }

        // Even without an entry the peer's word about protocol and host counts.
        return Math.Max(count, 1);
    }

    private static bool IsTrusted(ReadOnlySpan<byte> text, IpPrefix[] trusted)
    {
        if (!ClientIp.TryParse(text, out var address))
            return false;
        foreach (var network in trusted)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
