namespace Sluice.Expressions.Cel;

/// <summary>exists_one(): any error is one of the whole.</summary>
internal sealed class ExistsOneNode(CelNode range, int slot, CelNode condition, int cost) : ComprehensionNode(range, slot, cost)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var values = Range(frame);
        if (values.IsError)
            return values;
        var count = 0;
        for (var i = 0; TryMove(values, i, frame); i++)
        {
            var value = condition.Evaluate(frame);
            if (value.Kind != CelKind.Bool)
                return value.IsError ? value : CelErrors.NotBool;
            count += value.IsTrue ? 1 : 0;
        }
        return frame.IsExhausted ? CelErrors.Exhausted : CelValue.Of(count == 1);
    }
}
