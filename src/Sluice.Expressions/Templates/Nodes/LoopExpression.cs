using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>"loop.…" of the loop with so many around it.</summary>
internal sealed class LoopExpression(int depth, string field) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame) => frame.Loops[depth].Field(field);
}
