namespace Sluice.Expressions.Cel;

internal sealed class ConditionalNode(CelNode condition, CelNode then, CelNode otherwise) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = condition.Evaluate(frame);
        if (value.Kind != CelKind.Bool)
            return value.IsError ? value : CelErrors.NotBool;
        return (value.IsTrue ? then : otherwise).Evaluate(frame);
    }
}
