namespace Sluice.Expressions.Templates;

internal sealed class BlockNode(TemplateNode[] parts) : TemplateNode
{
    public override bool Render(TemplateFrame frame)
    {
        foreach (var part in parts)
        {
            if (!part.Render(frame))
                return false;
        }
        return true;
    }
}
