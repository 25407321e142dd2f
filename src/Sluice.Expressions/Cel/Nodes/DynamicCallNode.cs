namespace Sluice.Expressions.Cel;

/// <summary>A function whose overload depends on the values, as their types were not known.</summary>
internal sealed class DynamicCallNode(string name, CelOverload[] overloads, CelNode[] arguments) : CelNode
{
    private readonly CelValue _noOverload = CelValue.Failure($"no such overload: {name} of values of these types");

    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue a = arguments[0].Evaluate(frame), b = default, c = default;
        if (a.IsError)
            return a;
        if (arguments.Length > 1 && (b = arguments[1].Evaluate(frame)).IsError)
            return b;
        if (arguments.Length > 2 && (c = arguments[2].Evaluate(frame)).IsError)
            return c;
        foreach (var overload in overloads)
        {
            var parameters = overload.Parameters;
            if (parameters[0].Accepts(a.Kind) && (parameters.Length < 2 || parameters[1].Accepts(b.Kind)) && (parameters.Length < 3 || parameters[2].Accepts(c.Kind)))
                return overload.Invoke(a, b, c, frame);
        }
        return _noOverload;
    }
}
