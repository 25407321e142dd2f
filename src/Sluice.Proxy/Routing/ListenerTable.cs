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

    /// <summary>The entry that serves a request, or null: 404. Null as listener: none is for this host.</summary>
    public RuntimeEntry? Match(RequestHead head, out RuntimeListener? listener)
    {
        ReadOnlySpan<byte> host = HostName.Of(head.Authority);
        listener = _listeners.Find(host);
        return listener?.Match(host, head);
    }

    /// <summary>Both null: no listener for this host. Only the virtual host null: the listener has no route for this host.</summary>
    /// <param name="authority">Host as received: in any case, with or without port and trailing dot; may be empty.</param>
    /// <param name="virtualHost">The most specific virtual host of that listener.</param>
    public RuntimeListener? Find(ReadOnlySpan<byte> authority, out RuntimeVirtualHost? virtualHost)
    {
        ReadOnlySpan<byte> host = HostName.Of(authority);
        RuntimeListener? listener = _listeners.Find(host);
        virtualHost = listener?.FindVirtualHost(host);
        return listener;
    }
}
