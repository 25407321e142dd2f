using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class GatewayClassBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "controllerName", out var spec))
            return null;
        string? controllerName = null, description = null;
        ParametersReference? parameters = null;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "controllerName":
                    controllerName = context.Name(field, Names.ControllerName);
                    break;
                case "description":
                    description = context.String(field, 0, 64);
                    break;
                case "parametersRef":
                    parameters = References.Parameters(context, field, hasNamespace: true);
                    break;
                default:
                    context.Unknown(field, "controllerName parametersRef description");
                    break;
            }
        }

        ObjectFields.Require(context, spec, "controllerName", "the controller that serves the class, such as \"sluice.dev/gateway-controller\"");
        return context.Errors > 0 ? null : new GatewayClass { Metadata = metadata, ControllerName = controllerName!, Description = description, ParametersRef = parameters };
    }
}
