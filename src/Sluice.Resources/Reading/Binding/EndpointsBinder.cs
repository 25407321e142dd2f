using System.Net;
using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>core/v1 Endpoints.</summary>
internal static class EndpointsBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        ObjectFields.Known(context, root, "subsets");
        EndpointSubset[] subsets = [];
        if (root.TryGet("subsets", out var node))
            subsets = context.List(node, 0, int.MaxValue, Subset);
        return context.Errors > 0 ? null : new Endpoints { Metadata = metadata, Subsets = subsets };
    }

    private static EndpointSubset? Subset(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string[] addresses = [];
        EndpointPort[] ports = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "addresses":
                    addresses = context.List(field, 0, int.MaxValue, Address);
                    break;
                case "notReadyAddresses":
                    context.List(field, 0, int.MaxValue, Address);
                    break;
                case "ports":
                    ports = context.List(field, 0, int.MaxValue, EndpointPortBinder.InSubset);
                    UniqueNames.Check(context, field);
                    break;
                default:
                    context.Unknown(field, "addresses notReadyAddresses ports");
                    break;
            }
        }

        return new EndpointSubset(addresses, context.Shared.EndpointPorts(ports));
    }

    private static string? Address(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? address = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "ip":
                    address = context.Name(field, static text => IPAddress.TryParse(text, out var ip) && (ip.ToString() == text || text.Contains(':', StringComparison.Ordinal)) ? null : "an IP address such as \"192.0.2.1\"");
                    break;
                case "hostname" or "nodeName" or "targetRef":
                    break;
                default:
                    context.Unknown(field, "ip hostname nodeName targetRef");
                    break;
            }
        }

        ObjectFields.Require(context, node, "ip", "an IP address such as \"192.0.2.1\"");
        return address;
    }
}
