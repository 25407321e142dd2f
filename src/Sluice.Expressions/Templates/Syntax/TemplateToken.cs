using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

internal readonly record struct TemplateToken(TemplateTokenKind Kind, int Position, string Text, CelValue Value)
{
    public bool Is(string symbol) => Kind is TemplateTokenKind.Symbol or TemplateTokenKind.Name && Text == symbol;

    public override string ToString() => $"\"{Text}\"";
}
