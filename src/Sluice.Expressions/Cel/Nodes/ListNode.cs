namespace Sluice.Expressions.Cel;

internal sealed class ListNode(CelNode[] elements) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        if (!frame.Charge(elements.Length))
            return CelErrors.Exhausted;
        var values = new CelValue[elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = elements[i].Evaluate(frame);
            if (values[i].IsError)
                return values[i];
        }
        return CelValue.Of(new CelArray(values, values.Length));
    }
}
