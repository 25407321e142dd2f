namespace Sluice.Expressions.Cel;

/// <summary>Bounds of expressions, all of which are reached only by mistake or malice.</summary>
public sealed record CelLimits
{
    public static CelLimits Default { get; } = new();

    /// <summary>Characters of an expression. Default 16,384.</summary>
    public int MaxLength { get; init; } = 16_384;

    /// <summary>Levels of operators, calls and brackets within each other. Default 128.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Operators, names and literals of an expression. Default 4,096.</summary>
    public int MaxNodes { get; init; } = 4_096;

    /// <summary>
    /// What one evaluation may cost. A unit is the evaluation of one operator within a comprehension, an element compared or
    /// made, or 16 bytes of text looked at or written: about ten nanoseconds and at most 24 bytes. Default 100,000.
    /// </summary>
    public long MaxCost { get; init; } = 100_000;
}
