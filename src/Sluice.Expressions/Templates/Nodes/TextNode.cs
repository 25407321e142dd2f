namespace Sluice.Expressions.Templates;

internal sealed class TextNode(int line, byte[] text) : TemplateNode
{
    public override bool Render(TemplateFrame frame) => frame.TryWrite(line, text);
}
