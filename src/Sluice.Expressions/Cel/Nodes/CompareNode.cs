namespace Sluice.Expressions.Cel;

/// <summary>"&lt;" and its like. UTF-8 orders as code points do.</summary>
internal sealed class CompareNode(string symbol, CelNode left, CelNode right) : CelNode
{
    private readonly bool _withLess = symbol[0] == '<';
    private readonly bool _withEqual = symbol.Length == 2;
    private readonly CelValue _noOverload = CelValue.Failure($"no such overload: \"{symbol}\" of values of these types");

    public override CelValue Evaluate(CelFrame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame);
        if (b.IsError)
            return b;
        int order;
        if (a.IsNumber && b.IsNumber)
        {
            if (CelNumbers.Compare(a, b) is not { } numeric)
                return CelValue.False;
            order = numeric;
        }
        else if (a.Kind != b.Kind)
        {
            return _noOverload;
        }
        else
        {
            switch (a.Kind)
            {
                case CelKind.String or CelKind.Bytes:
                    if (!frame.ChargeText(Math.Min(a.Length, b.Length)))
                        return CelErrors.Exhausted;
                    order = a.Span.SequenceCompareTo(b.Span);
                    break;
                case CelKind.Bool or CelKind.Duration or CelKind.Timestamp:
                    order = a.AsInt.CompareTo(b.AsInt);
                    if (order == 0)
                        order = a.Nanoseconds.CompareTo(b.Nanoseconds);
                    break;
                default:
                    return _noOverload;
            }
        }
        return CelValue.Of(order == 0 ? _withEqual : order < 0 == _withLess);
    }
}
