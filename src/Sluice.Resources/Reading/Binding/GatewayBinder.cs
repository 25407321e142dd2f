using System.Net;
using System.Net.Sockets;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class GatewayBinder
{
    private const string Fields = "gatewayClassName listeners addresses infrastructure tls allowedListeners defaultScope";
    private const int MaxAddresses = 16;

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "gatewayClassName and listeners", out var spec))
            return null;
        string? className = null;
        GatewayListener[] listeners = [];
        GatewayAddress[] addresses = [];
        GatewayInfrastructure? infrastructure = null;
        GatewayTls? tls = null;
        var allowedListeners = AllowedListeners.Default;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "gatewayClassName":
                    className = context.String(field, 1, 253);
                    break;
                case "listeners":
                    listeners = context.List(field, 1, ListenerBinder.MaxListeners, ListenerBinder.Read);
                    ListenerBinder.CheckUnique(context, field, "Gateway");
                    break;
                case "addresses":
                    addresses = context.List(field, 0, MaxAddresses, Address);
                    CheckUniqueAddresses(context, field);
                    break;
                case "infrastructure":
                    infrastructure = Infrastructure(context, field);
                    break;
                case "tls":
                    tls = GatewayTlsBinder.Read(context, field);
                    break;
                case "allowedListeners":
                    allowedListeners = Allowed(context, field);
                    break;
                case "defaultScope":
                    if (context.Word(field, "All, None") == "All")
                        context.Warning(field, "has no effect: default Gateways are not supported; routes name their Gateways in parentRefs");
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        ObjectFields.Require(context, spec, "gatewayClassName", "the name of a GatewayClass");
        ObjectFields.Require(context, spec, "listeners", "a list of at least one listener with name, port and protocol");
        if (context.Errors > 0)
            return null;
        return new Gateway
        {
            Metadata = metadata,
            GatewayClassName = className!,
            Listeners = listeners,
            Addresses = addresses,
            Infrastructure = infrastructure,
            AllowedListeners = allowedListeners,
            Tls = tls,
        };
    }

    private static GatewayAddress? Address(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? type = null, value = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Name(field, Names.AddressType);
                    break;
                case "value":
                    value = context.String(field, 0, 253);
                    break;
                default:
                    context.Unknown(field, "type value");
                    break;
            }
        }

        type ??= "IPAddress";
        if (value is not null && node.TryGet("value", out var at))
        {
            if (type == "IPAddress" && !IsAddress(value))
                context.MustBe(at, "an IP address such as \"192.0.2.1\" or \"2001:db8::1\"");
            else if (type == "Hostname" && value.Length > 0 && Names.Hostname(value) is { } must)
                context.MustBe(at, must);
        }

        return new GatewayAddress(type, value);
    }

    private static void CheckUniqueAddresses(BindingContext context, Node addresses)
    {
        if (addresses.Kind != NodeKind.Sequence)
            return;
        var seen = new HashSet<(string Type, string Value)>();
        foreach (var address in addresses)
        {
            if (!address.TryGet("value", out var value))
                continue;
            var type = address.TryGet("type", out var given) ? given.Text : "IPAddress";
            if (type is "IPAddress" or "Hostname" && !seen.Add((type, value.Text)))
                context.Error(value, $"{type} values must be unique, {Describe.Quoted(value.Text)} stands here twice");
        }
    }

    private static GatewayInfrastructure? Infrastructure(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        var labels = ObjectMeta.EmptyMap;
        var annotations = ObjectMeta.EmptyMap;
        ParametersReference? parameters = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "labels":
                    labels = context.Map(field, Names.QualifiedName, Names.LabelValue, maxEntries: 8);
                    break;
                case "annotations":
                    annotations = context.Map(field, static key => Names.QualifiedName(key), null, maxEntries: 16, maxValue: 4096);
                    break;
                case "parametersRef":
                    parameters = References.Parameters(context, field, hasNamespace: false);
                    break;
                default:
                    context.Unknown(field, "labels annotations parametersRef");
                    break;
            }
        }

        return new GatewayInfrastructure { Labels = labels, Annotations = annotations, ParametersRef = parameters };
    }

    private static AllowedListeners Allowed(BindingContext context, Node node)
    {
        var allowed = AllowedListeners.Default;
        if (!context.Mapping(node))
            return allowed;
        foreach (var field in node)
        {
            if (field.Key != "namespaces")
            {
                context.Unknown(field, "namespaces");
                continue;
            }
            var (from, selector) = NamespacesBinder.Read(context, field, "All, Selector, Same, None", FromNamespaces.None);
            if (from != FromNamespaces.None)
                allowed = new AllowedListeners { From = from, Selector = selector };
        }
        return allowed;
    }

    /// <summary>The CRD's formats ipv4 and ipv6: four decimal parts, or an IPv6 address without zone.</summary>
    private static bool IsAddress(string value) =>
        IPAddress.TryParse(value, out var address) &&
        (address.AddressFamily == AddressFamily.InterNetworkV6 ? !value.Contains('%', StringComparison.Ordinal) && !value.Contains('[', StringComparison.Ordinal) : address.ToString() == value);
}
