using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>requestMirror of a filter.</summary>
internal static class MirrorBinder
{
    public static HttpRequestMirror? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        BackendObjectReference? backend = null;
        (int Numerator, int Denominator)? share = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "backendRef":
                    backend = References.PlainBackend(context, field);
                    break;
                case "percent":
                    if (context.Integer(field, 0, 100) is { } percent)
                        share = (percent, 100);
                    break;
                case "fraction":
                    share = Fraction(context, field);
                    break;
                default:
                    context.Unknown(field, "backendRef percent fraction");
                    break;
            }
        }

        ObjectFields.Require(context, node, "backendRef", "the backend that gets the copies");
        if (node.TryGet("percent", out _) && node.TryGet("fraction", out var fraction))
            context.Error(fraction, "must not stand beside percent: use one of them");
        if (backend is null)
            return null;
        return share is { } part ? new HttpRequestMirror(backend, part.Numerator, part.Denominator) : new HttpRequestMirror(backend);
    }

    private static (int Numerator, int Denominator)? Fraction(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
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
        return numerator is { } part ? (part, denominator ?? 100) : null;
    }
}
