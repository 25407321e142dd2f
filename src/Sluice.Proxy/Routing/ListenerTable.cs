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

    /// <param name="listeners">All of one port.</param>
    /// <param name="previous">The port's table before, whose index is shared when the hostnames are the same; or null.</param>
    public static ListenerTable Create(IReadOnlyList<RuntimeListener> listeners, ListenerTable? previous = null)
    {
        var names = new string[listeners.Count];
        var values = new RuntimeListener[listeners.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = listeners[i];
            names[i] = listeners[i].Source.Hostname;
        }
        return new ListenerTable(HostTable<RuntimeListener>.Create(names, values, previous?._listeners));
    }

    /// <summary>The same port after some of its listeners were replaced, each by one with the same place.</summary>
    public ListenerTable With(RuntimeListener[] listeners)
    {
        for (int i = 0; i < listeners.Length; i++)
        {
            if (!ReferenceEquals(listeners[i], Listeners[i]) && listeners[i].Source.Hostname != Listeners[i].Source.Hostname)
                return Create(listeners, this);
        }
        return new ListenerTable(_listeners.With(listeners));
    }

    public ReadOnlySpan<RuntimeListener> Listeners => _listeners.Values;

    /// <summary>The listener that a server name belongs to; without a name, the one for every host.</summary>
    public RuntimeListener? FindByServerName(ReadOnlySpan<byte> name) => _listeners.Find(name);

    /// <summary>
    /// As <see cref="Match(RequestHead, out RuntimeListener?)"/>, on a connection whose server name has chosen the listener. A request for
    /// a host that belongs to another one is misdirected (GEP-3567; RFC 9110 15.5.20): what the client was shown, or had to
    /// show, was not for that host. One for a host that belongs to none is not: there is nothing to try again for, and the answer
    /// must be 404 (Listener.hostname).
    /// </summary>
    public RuntimeEntry? Match(RequestHead head, RuntimeListener? listener, out bool isMisdirected)
    {
        ReadOnlySpan<byte> host = HostName.Of(head.Authority);
        RuntimeListener? owner = host.Length > 0 ? _listeners.Find(host) : listener;
        isMisdirected = owner is not null && owner != listener;
        return isMisdirected ? null : owner?.Match(host, head);
    }

    /// <summary>The listener that a request without TLS belongs to; null: none is for this host.</summary>
    public RuntimeListener? OwnerOf(RequestHead head) => _listeners.Find(HostName.Of(head.Authority));

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
