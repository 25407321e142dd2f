namespace Sluice.Expressions.Cel;

/// <summary>
/// map() and filter(): a new list of what the elements that fulfil a condition become. <c>condition</c>: null for all
/// elements. <c>outcome</c>: null for the elements themselves.
/// </summary>
internal sealed class TransformNode(CelNode range, int slot, CelNode? condition, CelNode? outcome, int cost) : ComprehensionNode(range, slot, cost)
{
    private readonly int _slot = slot;

    public override CelValue Evaluate(CelFrame frame)
    {
        var values = Range(frame);
        if (values.IsError)
            return values;
        var results = new List<CelValue>();
        for (var i = 0; TryMove(values, i, frame); i++)
        {
            if (condition is not null)
            {
                var chosen = condition.Evaluate(frame);
                if (chosen.Kind != CelKind.Bool)
                    return chosen.IsError ? chosen : CelErrors.NotBool;
                if (chosen.IsFalse)
                    continue;
            }
            var value = outcome is null ? frame.Locals[_slot] : outcome.Evaluate(frame);
            if (value.IsError)
                return value;
            results.Add(value);
        }
        return frame.IsExhausted ? CelErrors.Exhausted : CelValue.Of(new CelArray([.. results], results.Count));
    }
}
