using System.Text;

namespace Sluice.Controller.Telemetry;

/// <summary>
/// Prometheus text as OpenMetrics 1.0: families of counters are named without "_total", "untyped" is called "unknown", help escapes
/// quotes, and the end is marked. Samples are the same in both.
/// </summary>
internal static class OpenMetricsText
{
    private const string Total = "_total";

    private static ReadOnlySpan<byte> Help => "# HELP "u8;

    private static ReadOnlySpan<byte> Type => "# TYPE "u8;

    /// <param name="text">In which the type of a family comes right behind its help, and every line ends.</param>
    /// <param name="target">Gets the other format.</param>
    /// <param name="isAll">Whether the end is here; otherwise more families follow.</param>
    public static void Write(ReadOnlySpan<byte> text, Stream target, bool isAll = true)
    {
        var help = "";
        while (text.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = text[..end];
            if (line.StartsWith(Help))
            {
                help = Split(line[Help.Length..]).Text.Replace("\"", "\\\"", StringComparison.Ordinal);
            }
            else if (line.StartsWith(Type))
            {
                target.Write(Encoding.UTF8.GetBytes(Declaration(line[Type.Length..], help)));
                help = "";
            }
            else
            {
                target.Write(text[..(end + 1)]);
            }

            text = text[(end + 1)..];
        }

        if (isAll)
            target.Write("# EOF\n"u8);
    }

    private static string Declaration(ReadOnlySpan<byte> declaration, string help)
    {
        var (family, type) = Split(declaration);
        if (type == "counter" && family.EndsWith(Total, StringComparison.Ordinal))
            family = family[..^Total.Length];
        else if (type is "untyped" or "counter")
            type = "unknown";
        return help.Length == 0 ? $"# TYPE {family} {type}\n" : $"# TYPE {family} {type}\n# HELP {family} {help}\n";
    }

    private static (string Name, string Text) Split(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        return space < 0 ? (Encoding.UTF8.GetString(line), "") : (Encoding.UTF8.GetString(line[..space]), Encoding.UTF8.GetString(line[(space + 1)..]));
    }
}
