namespace Sluice.Expressions.Cel;

/// <summary>
/// "&amp;&amp;" and "||" of any number of operands. An operand that decides makes errors of the others not matter, whichever comes
/// first (CEL language definition, "Logical Operators").
/// </summary>
internal sealed class LogicalNode(bool isAnd, CelNode[] operands) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var error = CelValue.Absent;
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(frame);
            if (value.Kind == CelKind.Bool)
            {
                if (value.IsTrue != isAnd)
                    return value;
            }
            else if (error.IsAbsent)
            {
                error = value.IsError ? value : CelErrors.NotBool;
            }
        }
        return error.IsAbsent ? CelValue.Of(isAnd) : error;
    }
}
