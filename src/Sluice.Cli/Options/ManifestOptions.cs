using System.CommandLine;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Options;

/// <summary>The options that decide what manifests mean, the same for run, check, status and explain.</summary>
internal sealed class ManifestOptions
{
    private readonly Option<string[]> _controllerNames = new("--controller-name")
    {
        Description = "Serve GatewayClasses of this controller too. Repeatable.",
        HelpName = "NAME",
    };

    private readonly Option<int?> _portOffset = NetworkOptions.Number("--port-offset", "Added to every listener's port, for use without privileges. Default: 0.", 0, 65_535);

    public void AddTo(Command command)
    {
        command.Add(_portOffset);
        command.Add(_controllerNames);
    }

    public IReadOnlyList<string> ControllerNames(ParseResult parsed) => parsed.GetValue(_controllerNames) ?? [];

    public StandaloneOptions Read(ParseResult parsed, IReadOnlyList<string> paths) => new()
    {
        Paths = paths,
        PortOffset = parsed.GetValue(_portOffset) ?? 0,
        ControllerNames = ControllerNames(parsed),
    };
}
