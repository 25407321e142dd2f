using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

internal sealed class NotExpression(TemplateExpression operand) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var value = operand.Evaluate(frame);
        return value.IsError ? value : CelValue.Of(!TemplateValues.IsTruthy(value));
    }
}
