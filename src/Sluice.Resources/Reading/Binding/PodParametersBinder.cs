using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.kube.podTemplate of GatewayParameters.</summary>
internal static class PodParametersBinder
{
    private const string Fields =
        "extraLabels extraAnnotations securityContext imagePullSecrets nodeSelector affinity tolerations gracefulShutdown terminationGracePeriodSeconds " +
        "startupProbe readinessProbe livenessProbe topologySpreadConstraints extraVolumes priorityClassName";

    private const string SecurityFields =
        "appArmorProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy seLinuxOptions seccompProfile " +
        "supplementalGroups supplementalGroupsPolicy sysctls windowsOptions";

    private const string SpreadFields = "maxSkew topologyKey whenUnsatisfiable labelSelector minDomains nodeAffinityPolicy nodeTaintsPolicy matchLabelKeys";
    private const string ProbeFields = "exec grpc httpGet tcpSocket initialDelaySeconds periodSeconds timeoutSeconds successThreshold failureThreshold terminationGracePeriodSeconds";
    private const int MaxItems = 256;

    /// <summary>Seconds: an hour.</summary>
    private const int MaxShutdown = 3600;

    public static PodParameters Read(BindingContext context, Node node)
    {
        var result = new PodParameters();
        if (!context.Mapping(node))
            return result;
        var metadata = ExtraMetadata.None;
        foreach (var field in node)
        {
            if (KubeParametersBinder.TryReadMetadata(context, field, ref metadata))
                continue;
            switch (field.Key)
            {
                case "securityContext":
                    result = result with { SecurityContext = KubernetesJson.Object(context, field, SecurityFields) };
                    break;
                case "imagePullSecrets":
                    result = result with { ImagePullSecrets = KubernetesJson.List(context, field, "name", "name", MaxItems) };
                    break;
                case "nodeSelector":
                    result = result with { NodeSelector = context.Map(field, Names.QualifiedName, Names.LabelValue) };
                    break;
                case "affinity":
                    result = result with { Affinity = KubernetesJson.Object(context, field, "nodeAffinity podAffinity podAntiAffinity") };
                    break;
                case "tolerations":
                    result = result with { Tolerations = KubernetesJson.List(context, field, "key operator value effect tolerationSeconds", "", MaxItems) };
                    break;
                case "topologySpreadConstraints":
                    result = result with { TopologySpreadConstraints = KubernetesJson.List(context, field, SpreadFields, "topologyKey whenUnsatisfiable", MaxItems) };
                    break;
                case "extraVolumes":
                    result = result with { ExtraVolumes = KubernetesJson.List(context, field, "", "name", MaxItems) };
                    break;
                case "priorityClassName":
                    result = result with { PriorityClassName = context.Name(field, Names.Subdomain) };
                    break;
                case "gracefulShutdown":
                    result = Shutdown(context, field, result);
                    break;
                case "terminationGracePeriodSeconds":
                    result = result with { TerminationGracePeriodSeconds = context.Integer(field, 0, MaxShutdown) };
                    break;
                case "startupProbe":
                    result = result with { StartupProbe = KubernetesJson.Object(context, field, ProbeFields) };
                    break;
                case "readinessProbe":
                    result = result with { ReadinessProbe = KubernetesJson.Object(context, field, ProbeFields) };
                    break;
                case "livenessProbe":
                    result = result with { LivenessProbe = KubernetesJson.Object(context, field, ProbeFields) };
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        return result with { Metadata = metadata };
    }

    private static PodParameters Shutdown(BindingContext context, Node node, PodParameters pod)
    {
        if (!context.Mapping(node))
            return pod;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "enabled":
                    pod = pod with { IsShutdownGraceful = context.Boolean(field) };
                    break;
                case "sleepTimeSeconds":
                    pod = pod with { ShutdownSleepSeconds = context.Integer(field, 0, MaxShutdown) };
                    break;
                default:
                    context.Unknown(field, "enabled sleepTimeSeconds");
                    break;
            }
        }

        return pod;
    }
}
