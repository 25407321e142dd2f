namespace Sluice.Expressions.Cel;

/// <summary>A part of a parsed expression.</summary>
/// <param name="Position">Where messages about it point.</param>
/// <param name="Height">Levels below and including this one.</param>
internal abstract record CelSyntax(int Position, int Height)
{
    public sealed record Literal(int Position, CelValue Value) : CelSyntax(Position, 1);

    public sealed record Identifier(int Position, string Name) : CelSyntax(Position, 1);

    public sealed record Select(int Position, CelSyntax Operand, string Field) : CelSyntax(Position, Operand.Height + 1);

    public sealed record Index(int Position, CelSyntax Operand, CelSyntax Key) : CelSyntax(Position, HeightOf([Operand, Key]));

    /// <summary>Of a function, or of a method when there is a target.</summary>
    public sealed record Call(int Position, CelSyntax? Target, string Name, CelSyntax[] Arguments)
        : CelSyntax(Position, Math.Max(HeightOf(Arguments), (Target?.Height ?? 0) + 1));

    public sealed record Unary(int Position, string Operator, CelSyntax Operand) : CelSyntax(Position, Operand.Height + 1);

    public sealed record Binary(int Position, string Operator, CelSyntax Left, CelSyntax Right) : CelSyntax(Position, HeightOf([Left, Right]));

    /// <summary>All operands of a chain of "&amp;&amp;" or "||": a long one is not a deep one.</summary>
    public sealed record Logical(int Position, bool IsAnd, CelSyntax[] Operands) : CelSyntax(Position, HeightOf(Operands));

    public sealed record Conditional(int Position, CelSyntax Condition, CelSyntax Then, CelSyntax Else)
        : CelSyntax(Position, HeightOf([Condition, Then, Else]));

    public sealed record ListOf(int Position, CelSyntax[] Elements) : CelSyntax(Position, HeightOf(Elements));

    public sealed record MapOf(int Position, CelSyntax[] Keys, CelSyntax[] Values) : CelSyntax(Position, Math.Max(HeightOf(Keys), HeightOf(Values)));

    private static int HeightOf(CelSyntax[] parts)
    {
        var height = 0;
        foreach (var part in parts)
            height = Math.Max(height, part.Height);
        return height + 1;
    }
}
