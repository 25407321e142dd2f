using System.Globalization;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.listeners[] of a Gateway or of a ListenerSet.</summary>
internal static class ListenerBinder
{
    public const int MaxListeners = 64;
    private const string RouteNamespaces = "All, Selector, Same";

    public static GatewayListener? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null, hostname = null, protocol = null;
        int? port = null;
        ListenerTls? tls = null;
        var allowedRoutes = AllowedRoutes.Default;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Names.Subdomain);
                    break;
                case "hostname":
                    hostname = context.Name(field, Names.Hostname);
                    break;
                case "port":
                    port = context.Port(field);
                    break;
                case "protocol":
                    protocol = context.Name(field, Names.Protocol, 255);
                    break;
                case "tls":
                    tls = Tls(context, field);
                    break;
                case "allowedRoutes":
                    allowedRoutes = Allowed(context, field);
                    break;
                default:
                    context.Unknown(field, "name hostname port protocol tls allowedRoutes");
                    break;
            }
        }

        ObjectFields.Require(context, node, "name", "a unique name, such as \"http\"");
        ObjectFields.Require(context, node, "port", "a number from 1 to 65535");
        ObjectFields.Require(context, node, "protocol", "HTTP, HTTPS, TLS, TCP or UDP");
        if (protocol is not null)
            CheckProtocol(context, node, protocol, tls);
        if (name is null || port is null || protocol is null)
            return null;
        return new GatewayListener { Name = name, Hostname = hostname, Port = port.Value, Protocol = protocol, Tls = tls, AllowedRoutes = allowedRoutes };
    }

    /// <summary>Names are unique, and so are port, protocol and hostname together. Works on the nodes, so that listeners with other mistakes count too.</summary>
    public static void CheckUnique(BindingContext context, Node listeners, string owner)
    {
        if (listeners.Kind != NodeKind.Sequence || listeners.Count > MaxListeners)
            return;
        var names = new Dictionary<string, Node>(StringComparer.Ordinal);
        var places = new Dictionary<(string Port, string Protocol, string? Hostname), Node>();
        foreach (var listener in listeners)
        {
            if (listener.TryGet("name", out var name) && name.Text.Length > 0 && !names.TryAdd(name.Text, name))
                context.Error(name, $"must be unique within the {owner}: the listener on line {Line(names[name.Text])} is named {Describe.Quoted(name.Text)} too");
            if (!listener.TryGet("port", out var port) || !listener.TryGet("protocol", out var protocol))
                continue;
            var place = (port.Text, protocol.Text, listener.TryGet("hostname", out var hostname) ? hostname.Text : null);
            if (!places.TryAdd(place, listener))
            {
                var host = place.Item3 is null ? "without hostname" : $"hostname {Describe.Quoted(place.Item3)}";
                context.Error(listener, $"port {place.Item1}, protocol {place.Item2} and {host} stand in the listener on line {Line(places[place])} too: their combination must be unique within the {owner}");
            }
        }
    }

    private static void CheckProtocol(BindingContext context, Node node, string protocol, ListenerTls? tls)
    {
        var hasTls = node.TryGet("tls", out var tlsNode);
        if (protocol is "HTTP" or "TCP" or "UDP" && hasTls)
            context.Error(tlsNode, $"must not be given for the protocol {protocol}: use HTTPS or TLS, or leave tls out");
        if (protocol == "HTTPS" && tls is { Mode: not "Terminate" })
            context.Error(tlsNode.TryGet("mode", out var mode) ? mode : tlsNode, "must be Terminate for the protocol HTTPS: use the protocol TLS to pass TLS through");
        if (protocol == "TLS" && !hasTls)
            context.Missing(node, "tls", "the protocol TLS needs tls.mode, Terminate or Passthrough");
        if (protocol is "TCP" or "UDP" && node.TryGet("hostname", out var hostname) && hostname.Text.Length > 0)
            context.Error(hostname, $"must not be given for the protocol {protocol}");
    }

    private static ListenerTls? Tls(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? mode = null;
        SecretObjectReference[] certificates = [];
        var options = ObjectMeta.EmptyMap;
        var errors = context.Errors;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "mode":
                    mode = context.Word(field, "Terminate, Passthrough");
                    break;
                case "certificateRefs":
                    certificates = context.List(field, 0, 64, References.Secret);
                    break;
                case "options":
                    options = TlsOptionsBinder.Read(context, field);
                    break;
                default:
                    context.Unknown(field, "mode certificateRefs options");
                    break;
            }
        }

        if (mode is null or "Terminate" && context.Errors == errors && certificates.Length == 0 && options.Count == 0)
            context.Error(node, "must have certificateRefs or options when mode is Terminate, which is the default");
        return new ListenerTls { Mode = mode ?? "Terminate", CertificateRefs = certificates, Options = options };
    }

    private static AllowedRoutes Allowed(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return AllowedRoutes.Default;
        var (from, selector) = (FromNamespaces.Same, default(LabelSelector));
        RouteGroupKind[] kinds = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "namespaces":
                    (from, selector) = NamespacesBinder.Read(context, field, RouteNamespaces, FromNamespaces.Same);
                    break;
                case "kinds":
                    kinds = context.List(field, 0, 8, RouteKind);
                    break;
                default:
                    context.Unknown(field, "namespaces kinds");
                    break;
            }
        }

        return from == FromNamespaces.Same && selector is null && kinds.Length == 0
            ? AllowedRoutes.Default
            : new AllowedRoutes { From = from, Selector = selector, Kinds = kinds };
    }

    private static RouteGroupKind? RouteKind(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                default:
                    context.Unknown(field, "group kind");
                    break;
            }
        }

        ObjectFields.Require(context, node, "kind", "a kind of route, such as HTTPRoute");
        return kind is null ? null : new RouteGroupKind(group ?? GatewayApiGroup.Name, kind);
    }

    private static string Line(Node node) => node.Line.ToString(CultureInfo.InvariantCulture);
}
