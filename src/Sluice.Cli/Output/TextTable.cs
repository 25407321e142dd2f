using System.Text;

namespace Sluice.Cli.Output;

/// <summary>Aligned columns, two spaces apart, under a heading. The last column may be of any width.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<TableCell[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params TableCell[] cells) => _rows.Add(cells);

    public void Write(Terminal terminal)
    {
        var widths = headings.Select(heading => heading.Length).ToArray();
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Text.Length);
        }
        terminal.WriteLine(terminal.Paint(Line(terminal, widths, [.. headings.Select(heading => new TableCell(heading))]), Style.Bold));
        foreach (var row in _rows)
            terminal.WriteLine(Line(terminal, widths, row));
    }

    private static string Line(Terminal terminal, int[] widths, TableCell[] cells)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(cells[i].Style is { } style ? terminal.Paint(cells[i].Text, style) : cells[i].Text);
            if (i < cells.Length - 1)
                line.Append(' ', widths[i] - cells[i].Text.Length).Append(Gap);
        }
        return line.ToString().TrimEnd();
    }
}
