using System.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Options;

/// <summary><c>--output text|json</c>, the same for every command that has it.</summary>
internal static class OutputOption
{
    public static Option<OutputFormat> Create() =>
        ParsedOption.Create<OutputFormat>("--output", "text|json", "text for people (default), json for programs.", "text or json", TryParse);

    private static bool TryParse(string text, out OutputFormat format)
    {
        format = text == "json" ? OutputFormat.Json : OutputFormat.Text;
        return text is "json" or "text";
    }
}
