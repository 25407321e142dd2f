using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway;

/// <summary>
/// What is made for a Gateway in a cluster. Parts that are pieces of Kubernetes' own kinds (affinity, probes, security contexts)
/// are taken as they are: the API server checks them in the Deployment that is made.
/// </summary>
internal static class GatewayParametersSchema
{
    private static readonly SchemaField ExtraLabels = Optional("extraLabels", StringMap, "Beside those that are set anyway.");
    private static readonly SchemaField ExtraAnnotations = Optional("extraAnnotations", StringMap, "Beside those that are set anyway.");

    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Kgateway,
        Versions = KgatewayVersions.V1Alpha1,
        Kind = "GatewayParameters",
        Plural = "gatewayparameters",
        Singular = "gatewayparameters",
        Categories = KgatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "What the Deployment, the Service and the ServiceAccount of a Gateway are like. A Gateway or a GatewayClass points at it with a parametersRef.",
        Required("spec", Object(
            Optional("kube", Kube(), "Proxies run as pods of the cluster."),
            Optional("selfManaged", Open(), "Nothing is made: whoever sets this runs the proxies."))
            .Rule("has(self.kube) != has(self.selfManaged)", "exactly one of kube and selfManaged must be set")),
        Optional("status", Object()));

    private static SchemaNode Kube()
    {
        var overlay = Object(
            Optional("metadata", Object(Optional("labels", StringMap), Optional("annotations", StringMap))),
            Optional("spec", Open()));
        return Object(
            Optional("deployment", Object(
                Optional("replicas", Integer(0), "How many proxies. Absent: one, or what an autoscaler says."),
                Optional("strategy", Open(), "How pods are replaced, as in a Deployment.")), "The Deployment of the proxies."),
            Optional("daemonSet", Object(
                Optional("updateStrategy", Open(), "How pods are replaced, as in a DaemonSet.")), "A DaemonSet instead of a Deployment."),
            Optional("envoyContainer", ProxyContainer(), "The container of the proxy."),
            Optional("sdsContainer", Object(
                [.. Container(), Optional("bootstrap", Object(Optional("logLevel", AnyText)))]), "The container that serves secrets."),
            Optional("podTemplate", PodTemplate(), "The pods of the proxies."),
            Optional("service", Service(), "The Service that leads to the proxies."),
            Optional("serviceAccount", Object(ExtraLabels, ExtraAnnotations), "The ServiceAccount of the pods."),
            Optional("istio", Istio(), "The container of Istio."),
            Optional("stats", Stats(), "Metrics of the proxies."),
            Optional("omitDefaultSecurityContext", Flag, "Whether pods are left without a security context, for platforms that set one themselves."),
            Optional("floatingUserId", Flag, "Whether only the user and group ids are left out of security contexts."),
            Optional("aiExtension", Open(), "Of earlier versions of kgateway; without effect."),
            Optional("agentgateway", Open(), "Of earlier versions of kgateway; without effect."),
            Optional("deploymentOverlay", overlay, "A strategic merge patch on the Deployment."),
            Optional("daemonSetOverlay", overlay, "A strategic merge patch on the DaemonSet."),
            Optional("serviceOverlay", overlay, "A strategic merge patch on the Service."),
            Optional("serviceAccountOverlay", overlay, "A strategic merge patch on the ServiceAccount."),
            Optional("podDisruptionBudget", overlay, "Present: a PodDisruptionBudget is made, with this in it."),
            Optional("horizontalPodAutoscaler", overlay, "Present: a HorizontalPodAutoscaler is made, with this in it."),
            Optional("verticalPodAutoscaler", overlay, "Present: a VerticalPodAutoscaler is made, with this in it."));
    }

    private static SchemaField[] Container() =>
    [
        Optional("image", Object(
            Optional("registry", AnyText),
            Optional("repository", AnyText),
            Optional("tag", AnyText),
            Optional("digest", AnyText),
            Optional("pullPolicy", AnyText, "Always, Never or IfNotPresent.")), "Parts of the image's name; absent ones are those of this release."),
        Optional("securityContext", Open()),
        Optional("resources", Open(), "Requests and limits."),
    ];

    private static SchemaNode ProxyContainer() => Object(
        [
            .. Container(),
            Optional("bootstrap", Object(
                Optional("logLevel", AnyText, "trace, debug, info, warn, error, critical or off."),
                Optional("componentLogLevels", StringMap),
                Optional("logFormat", Object(Optional("json", Open()), Optional("text", AnyText))
                    .Rule("has(self.json) != has(self.text)", "exactly one of json and text must be set")),
                Optional("dnsResolver", Object(Optional("udpMaxQueries", Integer(0)))),
                Optional("enableReadinessProbeProxyProtocol", Flag))),
            Optional("env", List(Open(Required("name", AnyText), Optional("value", AnyText), Optional("valueFrom", Open())))),
            Optional("extraVolumeMounts", List(Open(
                Required("name", AnyText),
                Required("mountPath", AnyText),
                Optional("subPath", AnyText),
                Optional("subPathExpr", AnyText),
                Optional("readOnly", Flag),
                Optional("recursiveReadOnly", AnyText),
                Optional("mountPropagation", AnyText)))),
            Optional("extraArgs", List(Text(1, 256), 1, 32), "Further arguments of the program."),
        ]);

    private static SchemaNode PodTemplate() => Object(
        ExtraLabels,
        ExtraAnnotations,
        Optional("securityContext", Open(), "Of the pod."),
        Optional("imagePullSecrets", List(Open(Optional("name", AnyText)))),
        Optional("nodeSelector", StringMap),
        Optional("affinity", Open()),
        Optional("tolerations", List(Open())),
        Optional("topologySpreadConstraints", List(Open())),
        Optional("priorityClassName", AnyText),
        Optional("gracefulShutdown", Object(
            Optional("enabled", Flag),
            Optional("sleepTimeSeconds", Integer(0, format: "int64"), "How long a proxy goes on before it ends."))),
        Optional("terminationGracePeriodSeconds", Integer(0, format: "int64")),
        Optional("startupProbe", Open()),
        Optional("readinessProbe", Open()),
        Optional("livenessProbe", Open()),
        Optional("extraVolumes", List(Open(Required("name", AnyText)))));

    private static SchemaNode Service() => Object(
        Optional("type", Word("ClusterIP NodePort LoadBalancer ExternalName"), "Absent: LoadBalancer."),
        Optional("clusterIP", AnyText),
        ExtraLabels,
        ExtraAnnotations,
        Optional("ports", List(Object(
            Required("port", Integer(1, 65535), "A port of a listener."),
            Optional("nodePort", Integer(1, 65535))))),
        Optional("externalTrafficPolicy", AnyText, "Cluster or Local."),
        Optional("loadBalancerClass", AnyText),
        Optional("loadBalancerSourceRanges", List(AnyText), "CIDRs of clients that are let in."));

    private static SchemaNode Istio() => Object(
        Optional("istioProxyContainer", Object(
            [
                .. Container(),
                Optional("logLevel", AnyText),
                Optional("istioDiscoveryAddress", AnyText),
                Optional("istioMetaMeshId", AnyText),
                Optional("istioMetaClusterId", AnyText),
            ])),
        Optional("customSidecars", List(Open(Required("name", AnyText)))));

    private static SchemaNode Stats()
    {
        var matchers = List(Open(), max: 16);
        return Object(
            Optional("enabled", Flag),
            Optional("routePrefixRewrite", AnyText),
            Optional("enableStatsRoute", Flag),
            Optional("statsRoutePrefixRewrite", AnyText),
            Optional("matcher", Object(Optional("inclusionList", matchers), Optional("exclusionList", matchers)) with { MinProperties = 1, MaxProperties = 1 }));
    }
}
