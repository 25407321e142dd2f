using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>"value if condition else otherwise".</summary>
internal sealed class ChoiceExpression(TemplateExpression condition, TemplateExpression value, TemplateExpression otherwise) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var chosen = condition.Evaluate(frame);
        return chosen.IsError ? chosen : TemplateValues.IsTruthy(chosen) ? value.Evaluate(frame) : otherwise.Evaluate(frame);
    }
}
