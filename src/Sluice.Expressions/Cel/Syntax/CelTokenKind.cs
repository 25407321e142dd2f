namespace Sluice.Expressions.Cel;

internal enum CelTokenKind
{
    End,
    Identifier,

    /// <summary>A number, string or bytes; the token has its value.</summary>
    Literal,

    /// <summary>A whole number that only fits with a minus before it: 9223372036854775808.</summary>
    SmallestInt,

    /// <summary>An operator, a bracket, or "in".</summary>
    Symbol,
}
