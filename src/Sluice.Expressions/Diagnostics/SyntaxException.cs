namespace Sluice.Expressions;

/// <summary>Leaves the compiler of an expression or template at its first error; callers get an <see cref="ExpressionError"/>.</summary>
internal sealed class SyntaxException(int position, string message) : Exception(message)
{
    public int Position { get; } = position;
}
