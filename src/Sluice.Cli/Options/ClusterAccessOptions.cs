using System.CommandLine;
using Sluice.Kubernetes.Access;

namespace Sluice.Cli.Options;

/// <summary><c>--kubeconfig</c> and <c>--context</c>, the same for every command that talks to a cluster.</summary>
internal sealed class ClusterAccessOptions
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { HelpName = "FILE", Description = "The kubeconfig of the cluster. Default: the files in KUBECONFIG, or ~/.kube/config." };
    private readonly Option<string?> _context = new("--context") { HelpName = "NAME", Description = "The context of the kubeconfig. Default: its current-context." };

    public void AddTo(Command command)
    {
        command.Add(_kubeconfig);
        command.Add(_context);
    }

    /// <summary>Whether a cluster is meant.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_kubeconfig) is not null || parsed.GetResult(_context) is not null;

    /// <summary>Whether a cluster is meant, while the command line is checked.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetResult(_kubeconfig) is not null || result.GetResult(_context) is not null;

    /// <summary>Access by the kubeconfig; within a pod, when neither option is given, by its service account.</summary>
    /// <exception cref="UserErrorException">There is no kubeconfig, or something in it is wrong.</exception>
    public ClusterAccess Load(ParseResult parsed)
    {
        try
        {
            return !IsGiven(parsed) && InCluster.IsInCluster ? InCluster.Load() : KubeConfig.Load(parsed.GetValue(_kubeconfig), parsed.GetValue(_context));
        }
        catch (ClusterAccessException error)
        {
            throw new UserErrorException(error.Message);
        }
    }
}
