namespace Sluice.Expressions.Templates;

internal enum TemplateTokenKind
{
    /// <summary>"}}" or "%}", also with "-" or "+" before.</summary>
    End,
    Name,
    Literal,
    Symbol,
}
