namespace Sluice.Expressions.Cel;

/// <summary>A function whose overload is known.</summary>
internal sealed class CallNode(CelOverload overload, CelNode[] arguments) : CelNode
{
    private readonly CelNode _first = arguments[0];
    private readonly CelNode? _second = arguments.Length > 1 ? arguments[1] : null;
    private readonly CelNode? _third = arguments.Length > 2 ? arguments[2] : null;

    public override CelValue Evaluate(CelFrame frame)
    {
        var a = _first.Evaluate(frame);
        if (a.IsError || _second is null)
            return a.IsError ? a : overload.Invoke(a, default, default, frame);
        var b = _second.Evaluate(frame);
        if (b.IsError || _third is null)
            return b.IsError ? b : overload.Invoke(a, b, default, frame);
        var c = _third.Evaluate(frame);
        return c.IsError ? c : overload.Invoke(a, b, c, frame);
    }
}
