using System.Text.Json;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>A listener of an update: one that is kept as it is, or one whose virtual hosts may still get their entries.</summary>
internal sealed class PendingListener
{
    private readonly Listener _listener;
    private ListBuilder<PendingHost>? _hosts;

    private PendingListener(Listener listener) => _listener = listener;

    public static PendingListener Kept(Listener listener) => new(listener);

    public static PendingListener Read(JsonElement element, IReadOnlyList<Listener> old, Func<JsonElement, TlsCertificate> certificate)
    {
        var before = element.OptionalNumber("from") is { } index ? PendingUpdate.At(old, index, "listener") : null;
        var keeps = element.Texts("keeps");
        var tlsHosts = Rebuild(element, "tlsHosts", before?.TlsHosts ?? [], TlsReader.Host);
        var listener = new PendingListener(new Listener
        {
            Name = element.Text("name"),
            Port = element.Number("port"),
            BindPort = element.Number("bindPort"),
            Protocol = element.Choice<ListenerProtocol>("protocol"),
            Hostname = element.Text("hostname"),
            TrustedHops = element.OptionalNumber("trustedHops") ?? 0,
            Tls = keeps.Contains("tls") ? before?.Tls : element.OptionalMember("tls") is { } tls ? TlsReader.Listener(tls, certificate) : null,
            Stream = keeps.Contains("stream") ? before?.Stream : element.OptionalMember("stream") is { } stream ? TlsReader.Route(stream) : null,
            ProxyProtocol = keeps.Contains("proxyProtocol") ? before?.ProxyProtocol
                : element.OptionalMember("proxyProtocol") is { } acceptance ? TlsReader.ProxyProtocol(acceptance) : null,
            Connection = keeps.Contains("connection") ? before?.Connection : ListenerSettingsReader.Connection(element),
            Http = keeps.Contains("http") ? before?.Http : ListenerSettingsReader.Http(element),
            TlsHosts = tlsHosts,
            VirtualHosts = before?.VirtualHosts ?? [],
        });
        if (element.OptionalElement("virtualHosts") is { ValueKind: JsonValueKind.Array } pieces)
        {
            var hosts = listener._listener.VirtualHosts;
            listener._hosts = new ListBuilder<PendingHost>(hosts.Select(PendingHost.Kept).ToArray());
            listener._hosts.Add(pieces, host => PendingHost.Read(host, hosts));
        }

        return listener;
    }

    public void ReadRoutes(int host, JsonElement pieces, Func<JsonElement, RouteEntry> read) =>
        PendingUpdate.At(_hosts?.Items ?? [], host, "virtual host that changes").ReadRoutes(pieces, read);

    public Listener Build() => _hosts is null ? _listener : _listener with { VirtualHosts = _hosts.Items.Select(host => host.Build()).ToArray() };

    private static IReadOnlyList<T> Rebuild<T>(JsonElement element, string name, IReadOnlyList<T> old, Func<JsonElement, T> read)
    {
        if (element.OptionalElement(name) is not { ValueKind: JsonValueKind.Array } pieces)
            return old;
        var items = new ListBuilder<T>(old);
        items.Add(pieces, read);
        return items.ToArray();
    }
}
