using System.CommandLine;
using System.Net;
using Sluice.Controller.Offline;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Options;

/// <summary>
/// Where a command looks: at manifests (<c>-f</c>), at a cluster (<c>--kubeconfig</c>, <c>--context</c>), or at a running instance
/// (<c>--admin</c>, the default).
/// </summary>
internal sealed class SourceOptions
{
    private readonly Option<string[]> _files = new("-f", "--filename")
    {
        Description = "Look at these manifest files and folders instead of a running instance.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<IPEndPoint?> _admin = NetworkOptions.EndPoint("--admin", "Ask the running instance with this admin endpoint. Default: 127.0.0.1:19000.");
    private readonly ClusterAccessOptions _cluster = new();
    private readonly ManifestOptions _manifests = new();

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_admin);
        _cluster.AddTo(command);
        _manifests.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_files) is not null && result.GetResult(_admin) is not null)
                result.AddError("-f and --admin exclude each other: manifests are looked at without a running instance.");
            if (_cluster.IsGiven(result) && (result.GetResult(_files) is not null || result.GetResult(_admin) is not null))
                result.AddError("a cluster (--kubeconfig, --context) is looked at by itself, without -f and --admin.");
        });
    }

    /// <summary>Null when a running instance is meant.</summary>
    /// <exception cref="UserErrorException">A path does not exist, or the cluster cannot be read.</exception>
    public async Task<OfflineManifests?> LoadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_files) is { Length: > 0 } paths)
            return Manifests.Load(_manifests.Read(parsed, paths));
        return _cluster.IsGiven(parsed) ? await Manifests.LoadAsync(_cluster.Load(parsed), _manifests.ControllerNames(parsed), cancellation) : null;
    }

    public IPEndPoint Admin(ParseResult parsed) => parsed.GetValue(_admin) ?? StandaloneOptions.DefaultAdmin;
}
