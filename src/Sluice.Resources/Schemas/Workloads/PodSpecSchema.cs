using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Workloads;

/// <summary>
/// What pods are made of, as far as lists must be merged entry by entry. Fields below that are kept as they are and not
/// checked: they mean something to a cluster only.
/// </summary>
internal static class PodSpecSchema
{
    private const string Package = "io.k8s.api.core.v1.";

    private static readonly SchemaNode Container = Open(
        Required("name", AnyText),
        Optional("image", AnyText),
        Optional("imagePullPolicy", AnyText, "Always, Never or IfNotPresent."),
        Optional("command", Strings),
        Optional("args", Strings),
        Optional("workingDir", AnyText),
        Optional("ports", Keyed("containerPort protocol", Object(
            Required("containerPort", Integer(1, 65535)),
            Optional("name", AnyText),
            Optional("protocol", Word("TCP UDP SCTP").Default("\"TCP\"")),
            Optional("hostPort", Integer(0, 65535)),
            Optional("hostIP", AnyText))).MergedBy("containerPort")),
        Optional("env", Keyed("name", Open(Required("name", AnyText), Optional("value", AnyText), Optional("valueFrom", Open()))).MergedBy("name")),
        Optional("envFrom", List(Open())),
        Optional("resources", Open(), "Requests and limits."),
        Optional("volumeMounts", Keyed("mountPath", Open(Required("name", AnyText), Required("mountPath", AnyText))).MergedBy("mountPath")),
        Optional("volumeDevices", Keyed("devicePath", Open(Required("name", AnyText), Required("devicePath", AnyText))).MergedBy("devicePath")),
        Optional("livenessProbe", Open()),
        Optional("readinessProbe", Open()),
        Optional("startupProbe", Open()),
        Optional("lifecycle", Open()),
        Optional("securityContext", Open())).Named(Package + "Container");

    private static readonly SchemaNode Containers = Keyed("name", Container).MergedBy("name");

    public static SchemaNode Spec { get; } = Open(
        Required("containers", Containers),
        Optional("initContainers", Containers),
        Optional("ephemeralContainers", Containers),
        Optional("volumes", Keyed("name", Open(Required("name", AnyText))).MergedBy("name", "merge,retainKeys")),
        Optional("imagePullSecrets", Keyed("name", Object(Optional("name", AnyText.Default("\"\"")))).MergedBy("name")),
        Optional("hostAliases", Keyed("ip", Object(Required("ip", AnyText), Optional("hostnames", Strings))).MergedBy("ip")),
        Optional("topologySpreadConstraints", Keyed("topologyKey whenUnsatisfiable", Open(
            Required("topologyKey", AnyText),
            Required("whenUnsatisfiable", AnyText),
            Required("maxSkew", Integer()))).MergedBy("topologyKey")),
        Optional("resourceClaims", Keyed("name", Open(Required("name", AnyText))).MergedBy("name", "merge,retainKeys")),
        Optional("schedulingGates", Keyed("name", Object(Required("name", AnyText))).MergedBy("name")),
        Optional("readinessGates", List(Object(Required("conditionType", AnyText)))),
        Optional("tolerations", List(Open())),
        Optional("nodeSelector", StringMap with { IsAtomicMap = true }),
        Optional("affinity", Open()),
        Optional("securityContext", Open()),
        Optional("serviceAccountName", AnyText),
        Optional("automountServiceAccountToken", Flag),
        Optional("terminationGracePeriodSeconds", Integer(0, format: "int64")),
        Optional("priorityClassName", AnyText),
        Optional("restartPolicy", AnyText),
        Optional("nodeName", AnyText)).Named(Package + "PodSpec");

    /// <summary>Of Deployments and DaemonSets.</summary>
    public static SchemaNode Template { get; } = Object(
        Optional("metadata", ObjectMetaSchema.ObjectMeta),
        Optional("spec", Spec)).Named(Package + "PodTemplateSpec");
}
