namespace Sluice.Expressions.Cel;

/// <summary>
/// A part of an expression whose type is known and that can be evaluated. <c>Cost</c>: operators that evaluating it
/// once takes, without what comprehensions repeat.
/// </summary>
internal readonly record struct CelBound(CelNode Node, CelType Type, int Cost)
{
    public bool IsConstant => Node is ConstantNode;
}
