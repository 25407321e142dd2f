using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class BackendTlsPolicyBinder
{
    private const int MaxTargets = 16;
    private const int MaxOptions = 16;
    private const int MaxOptionValue = 4096;

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "targetRefs and validation", out var spec))
            return null;
        PolicyTargetReference[] targets = [];
        BackendTlsPolicyValidation? validation = null;
        var options = ObjectMeta.EmptyMap;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "targetRefs":
                    targets = Targets(context, field);
                    break;
                case "validation":
                    validation = BackendTlsValidationBinder.Read(context, field);
                    break;
                case "options":
                    options = context.Map(field, Names.QualifiedName, null, MaxOptions, MaxOptionValue);
                    break;
                default:
                    context.Unknown(field, "targetRefs validation options");
                    break;
            }
        }

        ObjectFields.Require(context, spec, "targetRefs", "a list of the Services that the policy is for");
        ObjectFields.Require(context, spec, "validation", "it holds hostname, and caCertificateRefs or wellKnownCACertificates");
        if (context.Errors > 0 || validation is null)
            return null;
        return new BackendTlsPolicy { Metadata = metadata, TargetRefs = targets, Validation = validation, Options = options };
    }

    // Two references to one target must differ in sectionName, and then both must have it.
    private static PolicyTargetReference[] Targets(BindingContext context, Node node)
    {
        var targets = context.List(node, 1, MaxTargets, Target);
        if (targets.Length < 2 || targets.Length != node.Count)
            return targets;
        var i = 0;
        foreach (var item in node)
        {
            var target = targets[i];
            for (var j = 0; j < i; j++)
            {
                var other = targets[j];
                if (target.Group != other.Group || target.Kind != other.Kind || target.Name != other.Name)
                    continue;
                if (target.SectionName == other.SectionName)
                    context.Error(item, $"repeats targetRefs[{Describe.Number(j)}]: references to the same target must differ in sectionName");
                else if (target.SectionName is null != other.SectionName is null)
                    context.Error(item, $"names the same target as targetRefs[{Describe.Number(j)}]: then both must have a sectionName");
                else
                    continue;
                break;
            }

            i++;
        }

        return targets;
    }

    private static PolicyTargetReference? Target(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null, name = null, section = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                case "name":
                    name = context.String(field, 1, 253);
                    break;
                case "sectionName":
                    section = context.Name(field, Names.Subdomain);
                    break;
                default:
                    context.Unknown(field, "group kind name sectionName");
                    break;
            }
        }

        ObjectFields.Require(context, node, "group", "the API group of the target, \"\" for a Service");
        ObjectFields.Require(context, node, "kind", "the kind of the target: Service");
        ObjectFields.Require(context, node, "name", "the name of the Service");
        return group is null || kind is null || name is null ? null : new PolicyTargetReference(group, kind, name, section);
    }
}
