using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.kube.envoyContainer of GatewayParameters, mapped to the proxy's container where that has a meaning.</summary>
internal static class ContainerParametersBinder
{
    private const string SecurityFields =
        "allowPrivilegeEscalation appArmorProfile capabilities privileged procMount readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser seLinuxOptions seccompProfile windowsOptions";

    private const string MountFields = "name mountPath subPath subPathExpr readOnly recursiveReadOnly mountPropagation";
    private const string ImageFields = "registry repository tag digest pullPolicy";
    private const int MaxItems = 256;

    public static ContainerParameters Read(BindingContext context, Node node)
    {
        var result = new ContainerParameters();
        if (!context.Mapping(node))
            return result;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "bootstrap":
                    Bootstrap(context, field);
                    break;
                case "image":
                    result = result with { Image = Image(context, field) };
                    break;
                case "securityContext":
                    result = result with { SecurityContext = KubernetesJson.Object(context, field, SecurityFields) };
                    break;
                case "resources":
                    result = result with { Resources = KubernetesJson.Object(context, field, "limits requests claims") };
                    break;
                case "env":
                    CheckEnv(context, field);
                    result = result with { Env = KubernetesJson.List(context, field, "name value valueFrom", "name", MaxItems) };
                    break;
                case "extraVolumeMounts":
                    result = result with { ExtraVolumeMounts = KubernetesJson.List(context, field, MountFields, "name mountPath", MaxItems) };
                    break;
                case "extraArgs":
                    result = ExtraArgumentsBinder.Read(context, field, result);
                    break;
                default:
                    context.Unknown(field, "bootstrap image securityContext resources env extraVolumeMounts extraArgs");
                    break;
            }
        }

        return result;
    }

    // Parameters written for kgateway may name its Envoy: run with the proxy's arguments, it would never become ready.
    private static ImageParameters Image(BindingContext context, Node node)
    {
        var image = new ImageParameters();
        if (!context.Mapping(node))
            return image;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "registry":
                    image = image with { Registry = context.String(field) };
                    break;
                case "repository":
                    image = image with { Repository = context.String(field) };
                    break;
                case "tag":
                    image = image with { Tag = context.String(field) };
                    break;
                case "digest":
                    image = image with { Digest = context.String(field) };
                    break;
                case "pullPolicy":
                    image = image with { PullPolicy = context.Word(field, "Always, IfNotPresent, Never") };
                    break;
                default:
                    context.Unknown(field, ImageFields);
                    break;
            }
        }

        if (image.Repository is null || !IsOther(image.Repository))
            return image;
        context.Warning(node, $"has no effect but for pullPolicy: {Describe.Quoted(image.Repository)} is the image of another proxy");
        return new ImageParameters(PullPolicy: image.PullPolicy);
    }

    private static bool IsOther(string repository)
    {
        var name = repository[(repository.LastIndexOf('/') + 1)..];
        return name.StartsWith("envoy", StringComparison.Ordinal) || name.StartsWith("agentgateway", StringComparison.Ordinal);
    }

    private static void Bootstrap(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "logLevel":
                    context.Word(field, "trace, debug, info, warn, error, critical, off");
                    context.Warning(field, "has no effect: the proxy has no log levels, it writes what needs somebody's attention and counts the rest in /metrics");
                    break;
                case "componentLogLevels" or "logFormat":
                    context.Warning(field, "has no effect: it is about Envoy's log");
                    break;
                case "dnsResolver":
                    context.Warning(field, "has no effect: it is about Envoy's resolver");
                    break;
                case "enableReadinessProbeProxyProtocol":
                    context.Warning(field, "has no effect: probes reach the proxy at a port of their own, without the PROXY protocol");
                    break;
                default:
                    context.Unknown(field, "logLevel componentLogLevels logFormat dnsResolver enableReadinessProbeProxyProtocol");
                    break;
            }
        }
    }

    private static void CheckEnv(BindingContext context, Node node)
    {
        if (node.Kind != NodeKind.Sequence)
            return;
        foreach (var item in node)
        {
            if (item.TryGet("value", out var value))
                context.String(value);
        }
    }
}
