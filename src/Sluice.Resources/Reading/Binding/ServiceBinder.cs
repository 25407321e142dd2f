using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class ServiceBinder
{
    private const string Fields =
        "type selector ports clusterIP clusterIPs externalName externalIPs sessionAffinity sessionAffinityConfig loadBalancerIP loadBalancerSourceRanges loadBalancerClass externalTrafficPolicy internalTrafficPolicy healthCheckNodePort publishNotReadyAddresses ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts trafficDistribution";

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "ports", out var spec))
            return null;
        string? type = null, clusterIP = null, externalName = null, affinity = null;
        var hasSelector = false;
        ServicePort[] ports = [];
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Word(field, "ClusterIP, NodePort, LoadBalancer, ExternalName");
                    break;
                case "clusterIP":
                    clusterIP = context.String(field);
                    break;
                case "externalName":
                    externalName = context.Name(field, ExternalName);
                    break;
                case "selector":
                    hasSelector = context.Map(field, Names.QualifiedName, Names.LabelValue).Count > 0;
                    break;
                case "sessionAffinity":
                    affinity = context.Word(field, "ClientIP, None");
                    break;
                case "ports":
                    ports = context.List(field, 0, int.MaxValue, ServicePortBinder.Read);
                    ServicePortBinder.CheckUnique(context, field);
                    break;
                default:
                    if (!IsOther(field.Key))
                        context.Unknown(field, Fields);
                    break;
            }
        }

        if (type == "ExternalName")
            ObjectFields.Require(context, spec, "externalName", "the DNS name that stands behind a Service of the type ExternalName");
        else if (ports.Length == 0 && clusterIP != "None")
            RequirePorts(context, spec);
        if (context.Errors > 0)
            return null;
        return new Service
        {
            Metadata = metadata,
            Type = Enum(type),
            ClusterIP = clusterIP,
            ExternalName = externalName,
            HasSelector = hasSelector,
            HasClientAffinity = affinity == "ClientIP",
            Ports = context.Shared.ServicePorts(ports),
        };
    }

    private static void RequirePorts(BindingContext context, Node spec)
    {
        if (spec.TryGet("ports", out var empty) && empty.Kind == NodeKind.Sequence && empty.Count == 0)
            context.Error(empty, "must have at least 1 item");
        else
            ObjectFields.Require(context, spec, "ports", "a list of at least one port");
    }

    private static ServiceType Enum(string? type) => type switch
    {
        "NodePort" => ServiceType.NodePort,
        "LoadBalancer" => ServiceType.LoadBalancer,
        "ExternalName" => ServiceType.ExternalName,
        _ => ServiceType.ClusterIP,
    };

    private static string? ExternalName(string value) =>
        Names.Subdomain(value.EndsWith('.') ? value[..^1] : value) is null ? null : "a lower-case DNS name such as \"example.com\"";

    private static bool IsOther(string name)
    {
        foreach (var range in Fields.AsSpan().Split(' '))
        {
            if (Fields.AsSpan(range).SequenceEqual(name))
                return true;
        }

        return false;
    }
}
