namespace Sluice.Expressions.Cel;

/// <summary>has(): whether a map has an entry.</summary>
internal sealed class HasNode(CelNode operand, CelValue field) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var container = operand.Evaluate(frame);
        if (container.Kind == CelKind.Map)
            return CelValue.Of(!container.Map.Find(field).IsAbsent);
        return container.IsError ? container : CelErrors.NoOverload;
    }
}
