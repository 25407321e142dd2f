using System.Net;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.kube.service of GatewayParameters.</summary>
internal static class ServiceParametersBinder
{
    private const string Fields = "type clusterIP extraLabels extraAnnotations ports externalTrafficPolicy loadBalancerClass loadBalancerSourceRanges";
    private const int MaxPorts = 1024;
    private const int MaxRanges = 1024;

    public static ServiceParameters Read(BindingContext context, Node node)
    {
        var result = new ServiceParameters();
        if (!context.Mapping(node))
            return result;
        var metadata = ExtraMetadata.None;
        foreach (var field in node)
        {
            if (KubeParametersBinder.TryReadMetadata(context, field, ref metadata))
                continue;
            switch (field.Key)
            {
                case "type":
                    result = result with { Type = Type(context, field) };
                    break;
                case "clusterIP":
                    result = result with { ClusterIP = context.Name(field, ClusterIP) };
                    break;
                case "externalTrafficPolicy":
                    result = result with { ExternalTrafficPolicy = context.Word(field, "Cluster, Local") };
                    break;
                case "loadBalancerClass":
                    result = result with { LoadBalancerClass = context.Name(field, Names.QualifiedName, 317) };
                    break;
                case "loadBalancerSourceRanges":
                    result = result with { LoadBalancerSourceRanges = field.IsNull ? null : context.List(field, 0, MaxRanges, static (c, item) => c.Name(item, Range)) };
                    break;
                case "ports":
                    result = result with { NodePorts = Ports(context, field) };
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        return result with { Metadata = metadata };
    }

    // ExternalName is in the CRD, but such a Service leads to a DNS name and never to pods.
    private static string? Type(BindingContext context, Node field)
    {
        var type = context.Word(field, "ClusterIP, NodePort, LoadBalancer, ExternalName");
        if (type == "ExternalName")
            context.Error(field, "must be ClusterIP, NodePort or LoadBalancer: a Service of the type ExternalName does not lead to pods");
        return type;
    }

    private static Dictionary<int, int>? Ports(BindingContext context, Node node)
    {
        if (!context.IsList(node, 0, MaxPorts))
            return null;
        var nodePorts = new Dictionary<int, int>();
        foreach (var item in node)
        {
            if (!context.Mapping(item))
                continue;
            int? port = null, nodePort = null;
            foreach (var field in item)
            {
                switch (field.Key)
                {
                    case "port":
                        port = context.Port(field);
                        break;
                    case "nodePort":
                        nodePort = context.Port(field);
                        break;
                    default:
                        context.Unknown(field, "port nodePort");
                        break;
                }
            }

            ObjectFields.Require(context, item, "port", "the port of a listener");
            if (port is { } number && nodePort is { } ofNode && !nodePorts.TryAdd(number, ofNode))
                context.Error(item, $"port {number} stands here twice");
        }

        return nodePorts;
    }

    private static string? ClusterIP(string value) =>
        value is "None" or "" || IPAddress.TryParse(value, out _) ? null : "an IP address or None";

    private static string? Range(string value) =>
        IPNetwork.TryParse(value.Trim(), out _) ? null : "a range of addresses such as \"192.0.2.0/24\"";
}
