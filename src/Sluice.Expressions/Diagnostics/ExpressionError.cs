namespace Sluice.Expressions;

/// <summary>Why a text is no expression or template that can be used.</summary>
/// <param name="Position">Index into the text, in UTF-16 units.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ExpressionError(int Position, int Line, int Column, string Message)
{
    /// <summary>"line 1, column 7: …".</summary>
    public override string ToString() => $"line {Line}, column {Column}: {Message}";

    internal static ExpressionError At(string text, int position, string message)
    {
        position = Math.Min(position, text.Length);
        var before = text.AsSpan(0, position);
        return new ExpressionError(position, before.Count('\n') + 1, position - before.LastIndexOf('\n'), message);
    }
}
