using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

internal sealed class LiteralExpression(CelValue value) : TemplateExpression
{
    public CelValue Value => value;

    public override CelValue Evaluate(TemplateFrame frame) => value;
}
