using System.Runtime.CompilerServices;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>A function, filter or test with its arguments, of which those that were left out are Absent.</summary>
internal sealed class CallExpression(TemplateFunction function, TemplateExpression[] arguments) : TemplateExpression
{
    public IReadOnlyList<TemplateExpression> Arguments => arguments;

    public override CelValue Evaluate(TemplateFrame frame)
    {
        var values = default(Values);
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Evaluate(frame);
            if (values[i].IsError)
                return values[i];
        }
        return function.Implementation(frame, ((ReadOnlySpan<CelValue>)values)[..arguments.Length]);
    }

    [InlineArray(TemplateFunction.MaxArguments)]
    private struct Values
    {
        private CelValue _first;
    }
}
