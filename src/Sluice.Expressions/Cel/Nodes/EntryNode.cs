namespace Sluice.Expressions.Cel;

/// <summary>An entry of a map or an element of a list.</summary>
internal sealed class EntryNode(CelNode operand, CelNode key) : CelNode
{
    private readonly CelValue _absent = key is ConstantNode { Value.Kind: CelKind.String } constant
        ? CelValue.Failure($"no such key: {constant.Value}") : CelErrors.NoSuchKey;

    public override CelValue Evaluate(CelFrame frame)
    {
        var container = operand.Evaluate(frame);
        if (container.IsError)
            return container;
        var name = key.Evaluate(frame);
        if (name.IsError)
            return name;
        if (container.Kind == CelKind.Map)
        {
            if (!CelKeyComparer.IsKey(name.Kind) && name.Kind != CelKind.Double)
                return CelErrors.UnsupportedKey;
            var value = container.Map.Find(name);
            return value.IsAbsent ? _absent : value;
        }
        if (container.Kind != CelKind.List || !TryIndex(name, out var index))
            return CelErrors.NoOverload;
        var list = container.List;
        return index >= 0 && index < list.Count ? list[(int)index] : CelErrors.IndexOutOfRange;
    }

    private static bool TryIndex(in CelValue value, out long index)
    {
        index = value.Kind switch
        {
            CelKind.UInt => value.AsUInt <= long.MaxValue ? value.AsInt : -1,
            CelKind.Double => Math.Abs(value.AsDouble) < 1e15 ? (long)value.AsDouble : -1,
            _ => value.AsInt,
        };
        return value.Kind is CelKind.Int or CelKind.UInt || (value.Kind == CelKind.Double && value.AsDouble == Math.Floor(value.AsDouble));
    }
}
