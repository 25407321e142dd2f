namespace Sluice.Expressions.Templates;

/// <summary>A part of a compiled template that writes.</summary>
internal abstract class TemplateNode
{
    /// <summary>False when it cannot be rendered: the frame then has the error.</summary>
    public abstract bool Render(TemplateFrame frame);
}
