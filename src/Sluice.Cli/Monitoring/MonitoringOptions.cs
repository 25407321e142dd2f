using System.CommandLine;
using System.Text.RegularExpressions;
using Sluice.Cli.Options;

namespace Sluice.Cli.Monitoring;

/// <summary>Options that the commands for monitoring share.</summary>
internal static partial class MonitoringOptions
{
    public static Option<string?> Namespace() =>
        ParsedOption.Create<string?>("--namespace", "NAME", "Where the Kubernetes objects belong. Default: they name none, and kubectl -n decides.", "a DNS label: at most 63 lower case letters, digits and -", TryParse);

    private static bool TryParse(string text, out string? name)
    {
        name = text;
        return text.Length <= 63 && Label().IsMatch(text);
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
