namespace Sluice.Expressions.Templates;

internal sealed class IfNode(int line, (TemplateExpression Condition, TemplateNode Body)[] branches, TemplateNode? otherwise, int cost) : TemplateNode
{
    public override bool Render(TemplateFrame frame)
    {
        if (!frame.TryCharge(line, cost))
            return false;
        foreach (var (condition, body) in branches)
        {
            var value = condition.Evaluate(frame);
            if (value.Error is { } error)
                return frame.Fail(line, error.Message);
            if (TemplateValues.IsTruthy(value))
                return body.Render(frame);
        }
        return otherwise is null || otherwise.Render(frame);
    }
}
