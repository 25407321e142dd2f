namespace Sluice.Expressions.Templates;

/// <summary>"{% set … %}".</summary>
internal sealed class SetNode(int line, int slot, TemplateExpression expression, int cost) : TemplateNode
{
    public override bool Render(TemplateFrame frame)
    {
        if (!frame.TryCharge(line, cost))
            return false;
        var value = expression.Evaluate(frame);
        if (value.Error is { } error)
            return frame.Fail(line, error.Message);
        frame.Variables[slot] = value;
        return true;
    }
}
