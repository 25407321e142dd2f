using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>A part of a compiled template that has a value; Absent when it is undefined.</summary>
internal abstract class TemplateExpression
{
    public abstract CelValue Evaluate(TemplateFrame frame);
}
