using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

internal sealed class ListExpression(TemplateExpression[] parts) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var values = new CelValue[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            values[i] = parts[i].Evaluate(frame);
            if (values[i].IsError)
                return values[i];
        }
        return CelValue.Of(new CelArray(values, values.Length));
    }
}
