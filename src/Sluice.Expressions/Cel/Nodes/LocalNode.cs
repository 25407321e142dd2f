namespace Sluice.Expressions.Cel;

/// <summary>The variable of a comprehension.</summary>
internal sealed class LocalNode(int slot) : CelNode
{
    public override CelValue Evaluate(CelFrame frame) => frame.Locals[slot];
}
