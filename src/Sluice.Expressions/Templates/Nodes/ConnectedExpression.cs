using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>"and", "or": the first operand that decides, which need not be a bool, as Jinja has it.</summary>
internal sealed class ConnectedExpression(bool isAnd, TemplateExpression[] operands) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var value = CelValue.Absent;
        foreach (var operand in operands)
        {
            value = operand.Evaluate(frame);
            if (value.IsError || TemplateValues.IsTruthy(value) != isAnd)
                break;
        }
        return value;
    }
}
