using System.Text;

namespace Sluice.Controller.Telemetry;

/// <summary>
/// Prometheus text as OpenMetrics 1.0: families of counters are named without "_total", "untyped" is called "unknown", help escapes
/// quotes, and the end is marked. Samples are the same in both.
/// </summary>
internal static class OpenMetricsText
{
    private const string Help = "# HELP ";
    private const string Type = "# TYPE ";
    private const string Total = "_total";

    /// <param name="text">In which the type of a family comes right behind its help.</param>
    /// <param name="isAll">Whether the end is here; otherwise more families follow.</param>
    public static string Of(string text, bool isAll = true)
    {
        var result = new StringBuilder(text.Length + 16);
        var help = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(Help, StringComparison.Ordinal))
            {
                help = Split(line[Help.Length..]).Text.Replace("\"", "\\\"", StringComparison.Ordinal);
            }
            else if (line.StartsWith(Type, StringComparison.Ordinal))
            {
                Declare(result, line[Type.Length..], help);
                help = "";
            }
            else
            {
                result.Append(line).Append('\n');
            }
        }

        return result.Append(isAll ? "# EOF\n" : "").ToString();
    }

    private static void Declare(StringBuilder result, string declaration, string help)
    {
        var (family, type) = Split(declaration);
        if (type == "counter" && family.EndsWith(Total, StringComparison.Ordinal))
            family = family[..^Total.Length];
        else if (type is "untyped" or "counter")
            type = "unknown";
        result.Append(Type).Append(family).Append(' ').Append(type).Append('\n');
        if (help.Length > 0)
            result.Append(Help).Append(family).Append(' ').Append(help).Append('\n');
    }

    private static (string Name, string Text) Split(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
    }
}
