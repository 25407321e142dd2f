using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>
/// "{% for … %}". <c>depth</c>: loops around it. <c>slots</c>: of its variables. <c>owned</c>: of everything that is set within one turn,
/// and forgotten behind it. <c>cost</c>: of the range and the condition.
/// </summary>
internal sealed class ForNode(
    int line, int depth, int[] slots, int[] owned, TemplateExpression range, TemplateExpression? condition, TemplateNode body, TemplateNode? otherwise, int cost) : TemplateNode
{
    public override bool Render(TemplateFrame frame)
    {
        if (!frame.TryCharge(line, cost))
            return false;
        var value = range.Evaluate(frame);
        if (value.Error is { } error)
            return frame.Fail(line, error.Message);
        if (TemplateValues.ItemsOf(value, withValues: slots.Length == 2, frame) is not { } items)
            return frame.Fail(line, frame.Cost.IsExhausted ? CelErrors.Exhausted.Error!.Message : $"{TemplateValues.NameOf(value)} cannot be iterated over: a list, a map or a string is needed");
        if (condition is not null && !TryFilter(frame, ref items))
            return false;
        if (items.Length == 0)
            return otherwise is null || otherwise.Render(frame);
        for (var i = 0; i < items.Length; i++)
        {
            frame.Loops[depth] = new TemplateLoop(items, i, depth);
            Forget(frame);
            if (!frame.TryIterate(line) || !TryAssign(frame, items[i]) || !body.Render(frame))
                return false;
        }
        Forget(frame);
        return true;
    }

    private bool TryFilter(TemplateFrame frame, ref CelValue[] items)
    {
        var kept = new List<CelValue>();
        foreach (var item in items)
        {
            Forget(frame);
            if (!frame.TryIterate(line) || !frame.TryCharge(line, cost) || !TryAssign(frame, item))
                return false;
            var value = condition!.Evaluate(frame);
            if (value.Error is { } error)
                return frame.Fail(line, error.Message);
            if (TemplateValues.IsTruthy(value))
                kept.Add(item);
        }
        items = [.. kept];
        return true;
    }

    private bool TryAssign(TemplateFrame frame, in CelValue item)
    {
        if (slots.Length == 1)
        {
            frame.Variables[slots[0]] = item;
            return true;
        }
        if (item.Kind != CelKind.List || item.List.Count != slots.Length)
            return frame.Fail(line, $"the loop has {slots.Length} variables, so each element must be a list of {slots.Length}, not {TemplateValues.NameOf(item)}");
        for (var i = 0; i < slots.Length; i++)
            frame.Variables[slots[i]] = item.List[i];
        return true;
    }

    private void Forget(TemplateFrame frame)
    {
        foreach (var slot in owned)
            frame.Variables[slot] = CelValue.Absent;
    }
}
