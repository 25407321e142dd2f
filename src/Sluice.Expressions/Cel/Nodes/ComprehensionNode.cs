namespace Sluice.Expressions.Cel;

/// <summary>
/// Goes over the elements of a list or the keys of a map. <c>slot</c>: of the variable. <c>cost</c>: of evaluating what
/// is done with one element.
/// </summary>
internal abstract class ComprehensionNode(CelNode range, int slot, int cost) : CelNode
{
    /// <summary>False when there is no next element, or no more may be spent.</summary>
    protected bool TryMove(in CelValue values, int index, CelFrame frame)
    {
        var count = values.Kind == CelKind.List ? values.List.Count : values.Map.Count;
        if (index >= count || !frame.Charge(cost))
            return false;
        frame.Locals[slot] = values.Kind == CelKind.List ? values.List[index] : values.Map.KeyAt(index);
        return true;
    }

    /// <summary>A list, a map or an error.</summary>
    protected CelValue Range(CelFrame frame)
    {
        var values = range.Evaluate(frame);
        return values.Kind is CelKind.List or CelKind.Map or CelKind.Error ? values : CelErrors.NotIterable;
    }
}
