using System.CommandLine;
using Sluice.Proxy;

namespace Sluice.Cli.Options;

/// <summary>What a data plane tells about requests: the same options for every command that has one.</summary>
internal sealed class TelemetryOptions
{
    private readonly Option<MetricsDetail?> _detail = ParsedOption.Create<MetricsDetail?>(
        "--metrics-detail",
        "off|listener|route",
        "By what requests are counted in /metrics; off counts none. Default: listener.",
        "off, listener or route",
        TryParse);

    /// <summary>The file with the token; where a command has no data plane, it says so.</summary>
    public Option<string?> ExplainToken { get; } = new("--explain-token-file")
    {
        HelpName = "FILE",
        Description = "A token of at least 16 characters: requests that show it in x-sluice-explain get their answer explained. Read again when it changes. Default: none do.",
    };

    public void AddTo(Command command)
    {
        command.Add(_detail);
        command.Add(ExplainToken);
    }

    public MetricsDetail Detail(ParseResult parsed) => parsed.GetValue(_detail) ?? MetricsDetail.Listener;

    public string? ExplainTokenFile(ParseResult parsed) => parsed.GetValue(ExplainToken);

    private static bool TryParse(string text, out MetricsDetail? value)
    {
        var isKnown = MetricsDetails.TryParse(text, out var detail);
        value = isKnown ? detail : null;
        return isKnown;
    }
}
