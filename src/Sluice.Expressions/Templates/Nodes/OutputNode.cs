namespace Sluice.Expressions.Templates;

/// <summary>"{{ … }}". <c>cost</c>: operators and names of the expression.</summary>
internal sealed class OutputNode(int line, TemplateExpression expression, int cost) : TemplateNode
{
    public override bool Render(TemplateFrame frame)
    {
        if (!frame.TryCharge(line, cost))
            return false;
        var text = TemplateText.Of(expression.Evaluate(frame), frame);
        return text.Error is { } error ? frame.Fail(line, error.Message) : frame.TryWrite(line, text.Span);
    }
}
