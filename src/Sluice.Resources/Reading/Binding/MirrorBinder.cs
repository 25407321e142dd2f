using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>requestMirror: checked by the CRD's rules.</summary>
internal static class MirrorBinder
{
    public static void Check(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "backendRef":
                    References.PlainBackend(context, field);
                    break;
                case "percent":
                    context.Integer(field, 0, 100);
                    break;
                case "fraction":
                    Fraction(context, field);
                    break;
                default:
                    context.Unknown(field, "backendRef percent fraction");
                    break;
            }
        }

        ObjectFields.Require(context, node, "backendRef", "the backend that gets the copies");
        if (node.TryGet("percent", out _) && node.TryGet("fraction", out var fraction))
            context.Error(fraction, "must not stand beside percent: use one of them");
    }

    private static void Fraction(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        int? numerator = null, denominator = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "numerator":
                    numerator = context.Integer(field, 0, int.MaxValue);
                    break;
                case "denominator":
                    denominator = context.Integer(field, 1, int.MaxValue);
                    break;
                default:
                    context.Unknown(field, "numerator denominator");
                    break;
            }
        }

        ObjectFields.Require(context, node, "numerator", "the part of denominator (100 when it is not given) that is mirrored");
        if (numerator > (denominator ?? 100))
            context.Error(node, "numerator must be less than or equal to denominator");
    }
}
