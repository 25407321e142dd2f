using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>"loop.cycle(…)": the turns take the values in turn.</summary>
internal sealed class LoopCycleExpression(int depth, TemplateExpression[] values) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame) =>
        values.Length == 0 ? CelValue.Absent : values[frame.Loops[depth].Index % values.Length].Evaluate(frame);
}
