namespace Sluice.Expressions.Cel;

/// <summary><c>Text</c>: of an identifier or symbol; as written for a literal.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, int Position, string Text, CelValue Value)
{
    public bool Is(string symbol) => Kind == CelTokenKind.Symbol && Text == symbol;

    public override string ToString() => Kind == CelTokenKind.End ? "the end" : $"\"{Text}\"";
}
