using Sluice.Resources.Kgateway;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Schemas.Kgateway.Policies;

namespace Sluice.Resources.Reading.Binding;

internal static class DirectResponseBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "status", out var spec))
            return null;
        int? status = null;
        string? body = null;
        BodyFormat? format = null;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "status":
                    status = context.Integer(field, 200, 599);
                    break;
                case "body":
                    body = context.String(field, 0, 4096);
                    break;
                case "bodyFormat":
                    format = PolicyBinder.Part(context, field, CommonPolicySchemas.BodyFormat, CommonPolicyBinder.BodyFormat);
                    break;
                default:
                    context.Unknown(field, "status body bodyFormat");
                    break;
            }
        }

        ObjectFields.Require(context, spec, "status", "the HTTP status to answer with, from 200 to 599");
        if (body is not null && format is not null)
            context.Error(spec, "must have at most one of body and bodyFormat");
        return context.Errors > 0 ? null : new DirectResponse { Metadata = metadata, Status = status!.Value, Body = body, BodyFormat = format };
    }
}
