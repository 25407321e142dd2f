using System.Text.Json;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>A virtual host of an update: one that is kept as it is, or one that may still get its entries.</summary>
internal sealed class PendingHost
{
    private readonly VirtualHost _host;
    private readonly bool _isNew;
    private ListBuilder<RouteEntry>? _routes;

    private PendingHost(VirtualHost host, bool isNew)
    {
        _host = host;
        _isNew = isNew;
    }

    public static PendingHost Kept(VirtualHost host) => new(host, isNew: false);

    public static PendingHost Read(JsonElement element, IReadOnlyList<VirtualHost> old) => new(
        new VirtualHost
        {
            Hostname = element.Text("hostname"),
            Routes = element.OptionalNumber("from") is { } index ? PendingUpdate.At(old, index, "virtual host").Routes : [],
        },
        isNew: true);

    public void ReadRoutes(JsonElement pieces, Func<JsonElement, RouteEntry> read)
    {
        if (!_isNew)
            throw new StreamFormatException($"entries come for virtual host {_host.Hostname}, which is kept as it is");
        (_routes ??= new ListBuilder<RouteEntry>(_host.Routes)).Add(pieces, read);
    }

    public VirtualHost Build() => _routes is null ? _host : _host with { Routes = _routes.ToArray() };
}
