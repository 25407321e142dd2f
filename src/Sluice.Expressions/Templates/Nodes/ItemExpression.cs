using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>"value.name", "value[index]": undefined when there is none, so that paths into what is not there are undefined as well.</summary>
internal sealed class ItemExpression(TemplateExpression container, TemplateExpression key) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var value = container.Evaluate(frame);
        if (value.IsError)
            return value;
        var index = key.Evaluate(frame);
        return index.IsError ? index : TemplateValues.Item(value, index, frame);
    }
}
