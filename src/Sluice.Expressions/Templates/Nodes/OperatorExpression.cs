using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

internal sealed class OperatorExpression(string symbol, TemplateExpression left, TemplateExpression right) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame);
        return b.IsError ? b : TemplateOperators.Apply(symbol, a, b, frame);
    }
}
