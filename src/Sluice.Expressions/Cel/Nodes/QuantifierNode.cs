namespace Sluice.Expressions.Cel;

/// <summary>all() and exists(): chains of "&amp;&amp;" and "||", with what these do to errors.</summary>
internal sealed class QuantifierNode(bool isAll, CelNode range, int slot, CelNode condition, int cost) : ComprehensionNode(range, slot, cost)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var values = Range(frame);
        if (values.IsError)
            return values;
        var error = CelValue.Absent;
        for (var i = 0; TryMove(values, i, frame); i++)
        {
            var value = condition.Evaluate(frame);
            if (value.Kind == CelKind.Bool)
            {
                if (value.IsTrue != isAll)
                    return value;
            }
            else if (error.IsAbsent)
            {
                error = value.IsError ? value : CelErrors.NotBool;
            }
        }
        return frame.IsExhausted ? CelErrors.Exhausted : error.IsAbsent ? CelValue.Of(isAll) : error;
    }
}
