using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>
/// The listeners that share one address and port. A request belongs to the one whose hostname is the most specific that
/// matches its host, and to no other: when that one has no route for it, the answer is 404 (GEP-1364, listener isolation).
/// </summary>
internal sealed class ListenerTable
{
    private readonly HostTable<RuntimeListener> _listeners;

    private ListenerTable(HostTable<RuntimeListener> listeners) => _listeners = listeners;

    public static ListenerTable Create(IReadOnlyList<RuntimeListener> listeners)
    {
        var names = new string[listeners.Count];
        var values = new RuntimeListener[listeners.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = listeners[i];
            names[i] = listeners[i].Source.Hostname;
        }
        return new ListenerTable(HostTable<RuntimeListener>.Create(names, values));
    }

    public ReadOnlySpan<RuntimeListener> Listeners => _listeners.Values;

    /// <summary>The entry that serves a request, or null: 404.</summary>
    /// <param name="head">Its authority may be in any case, with or without port and trailing dot, or empty.</param>
    /// <param name="listener">The listener that the request belongs to, or null: none is for this host.</param>
    public RuntimeEntry? Match(RequestHead head, out RuntimeListener? listener)
    {
        ReadOnlySpan<byte> host = HostName.Of(head.Authority);
        listener = _listeners.Find(host);
        return listener?.Match(host, head);
    }
}
