namespace Sluice.Expressions.Cel;

internal sealed class EqualNode(CelNode left, CelNode right, bool isNegated) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame);
        return b.IsError ? b : CelValue.Of(CelEquality.AreEqual(a, b, frame) != isNegated);
    }
}
