using System.CommandLine;
using System.Net;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Options;

/// <summary>Where a command looks: at manifests (<c>-f</c>), or at a running instance (<c>--admin</c>, the default).</summary>
internal sealed class SourceOptions
{
    private readonly Option<string[]> _files = new("-f", "--filename")
    {
        Description = "Look at these manifest files and folders instead of a running instance.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<IPEndPoint?> _admin = NetworkOptions.EndPoint("--admin", "Ask the running instance with this admin endpoint. Default: 127.0.0.1:19000.");
    private readonly ManifestOptions _manifests = new();

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_admin);
        _manifests.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_files) is not null && result.GetResult(_admin) is not null)
                result.AddError("-f and --admin exclude each other: manifests are looked at without a running instance.");
        });
    }

    /// <summary>Null when a running instance is meant.</summary>
    public StandaloneOptions? Manifests(ParseResult parsed) => parsed.GetValue(_files) is { Length: > 0 } paths ? _manifests.Read(parsed, paths) : null;

    public IPEndPoint Admin(ParseResult parsed) => parsed.GetValue(_admin) ?? StandaloneOptions.DefaultAdmin;
}
