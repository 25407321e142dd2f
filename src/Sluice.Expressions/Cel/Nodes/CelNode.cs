namespace Sluice.Expressions.Cel;

/// <summary>A part of a compiled expression. Nothing throws; errors are values.</summary>
internal abstract class CelNode
{
    public abstract CelValue Evaluate(CelFrame frame);
}
