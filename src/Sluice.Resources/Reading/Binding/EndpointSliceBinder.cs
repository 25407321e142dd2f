using System.Net;
using System.Net.Sockets;
using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class EndpointSliceBinder
{
    private const int MaxEndpoints = 1000;
    private const int MaxAddresses = 100;
    private const int MaxPorts = 100;

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        ObjectFields.Known(context, root, "addressType endpoints ports");
        string? type = null;
        SliceEndpoint[] endpoints = [];
        EndpointPort[] ports = [];
        if (root.TryGet("addressType", out var typeNode))
            type = context.Word(typeNode, "IPv4, IPv6, FQDN");
        else
            context.Missing(root, "addressType", "IPv4, IPv6 or FQDN");
        if (root.TryGet("endpoints", out var endpointsNode))
        {
            endpoints = context.List(endpointsNode, 0, MaxEndpoints, Endpoint);
            CheckAddresses(context, endpointsNode, type);
        }

        if (root.TryGet("ports", out var portsNode))
        {
            ports = context.List(portsNode, 0, MaxPorts, EndpointPortBinder.InSlice);
            UniqueNames.Check(context, portsNode);
        }

        if (context.Errors > 0)
            return null;
        return new EndpointSlice { Metadata = metadata, AddressType = type!, Endpoints = endpoints, Ports = context.Shared.EndpointPorts(ports) };
    }

    private static SliceEndpoint? Endpoint(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string[] addresses = [];
        bool? ready = null, serving = null, terminating = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "addresses":
                    addresses = context.List(field, 1, MaxAddresses, static (c, item) => c.String(item, 1));
                    break;
                case "conditions":
                    Conditions(context, field, ref ready, ref serving, ref terminating);
                    break;
                case "hostname" or "nodeName" or "zone" or "targetRef" or "hints" or "deprecatedTopology":
                    break;
                default:
                    context.Unknown(field, "addresses conditions hostname nodeName zone targetRef hints deprecatedTopology");
                    break;
            }
        }

        ObjectFields.Require(context, node, "addresses", "a list of at least one address");
        return new SliceEndpoint(addresses, ready ?? true, serving ?? ready ?? true, terminating ?? false);
    }

    private static void Conditions(BindingContext context, Node node, ref bool? ready, ref bool? serving, ref bool? terminating)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "ready":
                    ready = context.Boolean(field);
                    break;
                case "serving":
                    serving = context.Boolean(field);
                    break;
                case "terminating":
                    terminating = context.Boolean(field);
                    break;
                default:
                    context.Unknown(field, "ready serving terminating");
                    break;
            }
        }
    }

    /// <summary>Addresses are of the slice's type. Loopback addresses are allowed: a cluster refuses them, but standalone they are what one has.</summary>
    private static void CheckAddresses(BindingContext context, Node endpoints, string? type)
    {
        if (type is null || endpoints.Kind != NodeKind.Sequence)
            return;
        foreach (var endpoint in endpoints)
        {
            if (!endpoint.TryGet("addresses", out var addresses))
                continue;
            foreach (var address in addresses)
            {
                if (address.Kind == NodeKind.String && !IsValid(address.Text, type))
                    context.MustBe(address, type switch
                    {
                        "IPv4" => "an IPv4 address such as \"192.0.2.1\", as addressType says",
                        "IPv6" => "an IPv6 address such as \"2001:db8::1\", as addressType says",
                        _ => "a DNS name such as \"backend.example.com\", as addressType says",
                    });
            }
        }
    }

    private static bool IsValid(string text, string type) => type == "FQDN"
        ? Names.Subdomain(text) is null
        : IPAddress.TryParse(text, out var address) &&
          address.AddressFamily == (type == "IPv4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6) &&
          (type == "IPv6" ? !text.Contains('[', StringComparison.Ordinal) : address.ToString() == text);
}
