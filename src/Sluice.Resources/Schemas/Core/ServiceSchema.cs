using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class ServiceSchema
{
    private const string Package = "io.k8s.api.core.v1.";

    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "Service",
        Plural = "services",
        Singular = "service",
        ShortNames = ["svc"],
        Categories = ["all"],
        HasStatus = true,
        ConditionalDefaults = ServiceDefaults.Apply,
        PrinterColumns =
        [
            new PrinterColumn("Type", "string", ".spec.type"),
            new PrinterColumn("Cluster-IP", "string", "") { Compute = ServiceCells.ClusterIP },
            new PrinterColumn("External-IP", "string", "") { Compute = ServiceCells.ExternalIP },
            new PrinterColumn("Port(s)", "string", "") { Compute = ServiceCells.Ports },
            PrinterColumn.Age,
            new PrinterColumn("Selector", "string", "") { Compute = ServiceCells.Selector, Priority = 1 },
        ],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "A name for a group of pods, and the ports that they serve.",
        Optional("spec", Spec().Named(Package + "ServiceSpec")),
        Optional("status", Status().Named(Package + "ServiceStatus"), "Set by controllers."));

    private static SchemaNode Spec() => Object(
        Optional("type", Word("ClusterIP NodePort LoadBalancer ExternalName").Default("\"ClusterIP\""), "Who can reach it."),
        Optional("selector", StringMap with { IsAtomicMap = true }, "Labels of the pods. Absent: endpoints are given by hand."),
        Optional("ports", Keyed("port protocol", Port().Named(Package + "ServicePort")).MergedBy("port"), "Ports of the Service, and where they lead."),
        Optional("clusterIP", AnyText, "An address of the cluster, \"None\" for a headless Service, or empty to be given one."),
        Optional("clusterIPs", Strings, "One of each IP family."),
        Optional("externalIPs", Strings, "Further addresses, which nodes accept traffic for."),
        Optional("externalName", AnyText, "The DNS name that a Service of the type ExternalName stands for."),
        Optional("externalTrafficPolicy", Word("Cluster Local"), "Local keeps traffic from outside on the node and the client's address with it."),
        Optional("internalTrafficPolicy", Word("Cluster Local")),
        Optional("trafficDistribution", AnyText, "Which endpoints are preferred, such as PreferClose."),
        Optional("sessionAffinity", Word("ClientIP None").Default("\"None\""), "Whether a client stays with a pod."),
        Optional("sessionAffinityConfig", Object(Optional("clientIP", Object(Optional("timeoutSeconds", Integer(1, 86400), "Seconds that a client stays with a pod."))))),
        Optional("ipFamilies", List(Word("IPv4 IPv6"))),
        Optional("ipFamilyPolicy", Word("SingleStack PreferDualStack RequireDualStack")),
        Optional("loadBalancerClass", AnyText, "Whose load balancer it is."),
        Optional("loadBalancerIP", AnyText, "The address that is asked for; deprecated."),
        Optional("loadBalancerSourceRanges", Strings, "CIDRs of clients that are let in."),
        Optional("allocateLoadBalancerNodePorts", Flag, "Whether a load balancer needs ports of the nodes."),
        Optional("healthCheckNodePort", Integer(0, 65535)),
        Optional("publishNotReadyAddresses", Flag, "Whether pods count that are not ready."));

    private static SchemaNode Port() => Object(
        Optional("name", AnyText, "Needed when there are several ports."),
        Required("port", Integer(1, 65535), "The port of the Service."),
        Optional("targetPort", IntOrString, "The port of the pods, by number or by name. Absent: the same as port."),
        Optional("protocol", Word("TCP UDP SCTP").Default("\"TCP\"")),
        Optional("appProtocol", AnyText, "What is spoken, such as kubernetes.io/h2c."),
        Optional("nodePort", Integer(0, 65535), "The port on each node, for NodePort and LoadBalancer."));

    private static SchemaNode Status()
    {
        var port = Object(Required("port", Integer()), Required("protocol", AnyText), Optional("error", AnyText));
        var ingress = Object(
            Optional("ip", AnyText),
            Optional("ipMode", AnyText, "VIP or Proxy."),
            Optional("hostname", AnyText),
            Optional("ports", List(port)));
        return Object(
            Optional("loadBalancer", Object(Optional("ingress", List(ingress), "Where the load balancer is reached."))),
            Optional("conditions", ConditionSchema.Conditions with { MaxItems = null }));
    }
}
