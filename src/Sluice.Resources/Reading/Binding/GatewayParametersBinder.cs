using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class GatewayParametersBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "kube or selfManaged", out var spec))
            return null;
        KubeParameters? kube = null;
        var selfManaged = false;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "kube":
                    kube = KubeParametersBinder.Read(context, field, $"GatewayParameters {metadata.Namespace}/{metadata.Name}");
                    break;
                case "selfManaged":
                    selfManaged = context.Mapping(field);
                    break;
                default:
                    context.Unknown(field, "kube selfManaged");
                    break;
            }
        }

        if ((kube is not null) == selfManaged && context.Errors == 0)
            context.Error(spec, "must have exactly one of kube and selfManaged");
        return context.Errors > 0 ? null : new GatewayParameters { Metadata = metadata, Kube = kube, IsSelfManaged = selfManaged };
    }
}
