namespace Sluice.Proxy.Explain;

/// <summary>One line of text, indented, without line end.</summary>
public sealed record ExplanationLine(ExplanationLineKind Kind, string Text);
