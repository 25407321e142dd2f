using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>"value[first:end:step]", each of which may be left out; of a list, or of a string by characters.</summary>
internal sealed class SliceExpression(TemplateExpression container, TemplateExpression? first, TemplateExpression? end, TemplateExpression? step) : TemplateExpression
{
    private static readonly CelValue NotWhole = CelValue.Failure("the bounds of a slice must be whole numbers");
    private static readonly CelValue NoStep = CelValue.Failure("the step of a slice must not be 0");

    public override CelValue Evaluate(TemplateFrame frame)
    {
        var value = container.Evaluate(frame);
        if (value.IsError || value.IsAbsent)
            return value;
        if (!TryBound(first, frame, out var from) || !TryBound(end, frame, out var to) || !TryBound(step, frame, out var by))
            return NotWhole;
        if (by == 0)
            return NoStep;
        if (value.Kind is not (CelKind.String or CelKind.List))
            return CelValue.Failure($"{TemplateValues.NameOf(value)} has no slices: a list or a string is needed");
        if (TemplateValues.ItemsOf(value, withValues: false, frame) is not { } items)
            return CelErrors.Exhausted;
        var taken = Take(items, from, to, by ?? 1);
        return value.Kind == CelKind.List ? CelValue.Of(new CelArray(taken, taken.Length)) : TemplateText.Concatenate(taken, frame);
    }

    private static bool TryBound(TemplateExpression? bound, TemplateFrame frame, out long? number)
    {
        number = null;
        if (bound is null)
            return true;
        var value = bound.Evaluate(frame);
        if (value.Kind == CelKind.Int)
            number = value.AsInt;
        return value.Kind is CelKind.Int or CelKind.Null or CelKind.Absent;
    }

    private static CelValue[] Take(CelValue[] items, long? first, long? end, long step)
    {
        var last = step > 0 ? items.Length : items.Length - 1L;
        var low = step > 0 ? 0L : -1L;
        var from = first is { } start ? Math.Clamp(start < 0 ? start + items.Length : start, low, last) : step > 0 ? 0 : items.Length - 1;
        var to = end is { } stop ? Math.Clamp(stop < 0 ? stop + items.Length : stop, low, last) : step > 0 ? items.Length : -1;
        var taken = new List<CelValue>();
        if (step > 0)
        {
            for (var i = from; i < to; i += Math.Min(step, int.MaxValue))
                taken.Add(items[i]);
        }
        else
        {
            for (var i = from; i > to; i += Math.Max(step, -int.MaxValue))
                taken.Add(items[i]);
        }
        return [.. taken];
    }
}
