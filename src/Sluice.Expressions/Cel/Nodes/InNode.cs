namespace Sluice.Expressions.Cel;

/// <summary>Whether a list has an element or a map a key.</summary>
internal sealed class InNode(CelNode element, CelNode container) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = element.Evaluate(frame);
        if (value.IsError)
            return value;
        var values = container.Evaluate(frame);
        if (values.Kind == CelKind.Map)
            return CelValue.Of((CelKeyComparer.IsKey(value.Kind) || value.Kind == CelKind.Double) && !values.Map.Find(value).IsAbsent);
        if (values.Kind != CelKind.List)
            return values.IsError ? values : CelErrors.NoOverload;
        var list = values.List;
        for (var i = 0; i < list.Count; i++)
        {
            if (!frame.Charge(1))
                return CelErrors.Exhausted;
            if (CelEquality.AreEqual(value, list[i], frame))
                return CelValue.True;
        }
        return CelValue.False;
    }
}
