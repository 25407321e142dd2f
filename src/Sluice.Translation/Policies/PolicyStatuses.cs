using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Changes;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Policies;

/// <summary>The statuses of BackendTLSPolicies, kept from snapshot to snapshot: only those that something touched are built anew.</summary>
internal sealed class PolicyStatuses(BackendTlsBook book)
{
    private readonly HashSet<NamespacedName> _services = [];
    private readonly Dictionary<NamespacedName, int> _leftOut = []; // Gateways that a status has no room for.

    /// <summary>Of the policies that some Gateway is an ancestor of.</summary>
    public ImmutableDictionary<NamespacedName, PolicyStatus> Current { get; private set; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    /// <summary>What statuses cannot say.</summary>
    public IReadOnlyList<Notice> Notices { get; private set; } = [];

    /// <param name="snapshot">The snapshot that is translated.</param>
    /// <param name="changes">What is new in it.</param>
    /// <param name="retargeted">The Services whose targets changed.</param>
    /// <param name="gateways">All of ours.</param>
    /// <param name="changedGateways">Those that came, went or were judged anew.</param>
    public void Update(
        ResourceSnapshot snapshot,
        SnapshotChanges changes,
        IReadOnlySet<NamespacedName> retargeted,
        IReadOnlyDictionary<NamespacedName, GatewayState> gateways,
        IReadOnlySet<NamespacedName> changedGateways)
    {
        if (book.Verdicts.Count == 0 && Current.IsEmpty && Notices.Count == 0)
            return;
        _services.UnionWith(retargeted);
        _services.UnionWith(changes.Services);
        foreach (var gateway in gateways.Values)
            gateway.PolicedServices.TakeTouched(_services);

        var statuses = Current.ToBuilder();
        var areNoticesOld = changes.BackendTlsPolicies.Count > 0;
        foreach (var key in changes.BackendTlsPolicies)
        {
            if (book.Verdicts.ContainsKey(key))
                continue;
            statuses.Remove(key);
            _leftOut.Remove(key);
        }
        foreach (var (key, verdict) in book.Verdicts)
        {
            if (changedGateways.Count == 0 && !changes.BackendTlsPolicies.Contains(key) && !Concerns(verdict.Policy))
                continue;
            var status = PolicyStatusBuilder.Build(verdict, book, snapshot, gateways, out var leftOut);
            areNoticesOld |= leftOut != _leftOut.GetValueOrDefault(key);
            if (leftOut > 0)
                _leftOut[key] = leftOut;
            else
                _leftOut.Remove(key);
            if (status is null)
                statuses.Remove(key);
            else if (!statuses.TryGetValue(key, out var old) || !PolicyStatusBuilder.Same(old, status))
                statuses[key] = status;
        }
        Current = statuses.ToImmutable();
        _services.Clear();
        if (areNoticesOld)
            Notices = [.. PolicyNotices.Of(snapshot.BackendTlsPolicies.Values, _leftOut)];
    }

    private bool Concerns(BackendTlsPolicy policy)
    {
        foreach (var target in policy.TargetRefs)
        {
            if (_services.Contains(new NamespacedName(policy.Metadata.Namespace, target.Name)))
                return true;
        }
        return false;
    }
}
