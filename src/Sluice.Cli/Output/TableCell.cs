namespace Sluice.Cli.Output;

internal readonly record struct TableCell(string Text, string? Style = null)
{
    public static implicit operator TableCell(string text) => new(text);
}
