namespace Sluice.Translation.Policies;

/// <summary>What compiling a policy comes upon, field by field.</summary>
internal sealed class PolicyFindings
{
    private readonly HashSet<PolicyDependency> _dependencies = [];
    private readonly List<PolicyProblem> _problems = [];
    private List<string>? _clusters;

    public IReadOnlyCollection<PolicyDependency> Dependencies => _dependencies;

    public IReadOnlyList<PolicyProblem> Problems => _problems;

    public void LookedAt(PolicyDependency dependency) => _dependencies.Add(dependency);

    public void Problem(string field, string message) => _problems.Add(new PolicyProblem(field, message));

    public void Uses(string cluster)
    {
        _clusters ??= [];
        if (!_clusters.Contains(cluster))
            _clusters.Add(cluster);
    }

    /// <summary>The clusters used since the last call.</summary>
    public string[] TakeClusters()
    {
        if (_clusters is null)
            return [];
        var clusters = _clusters.ToArray();
        _clusters = null;
        return clusters;
    }
}
