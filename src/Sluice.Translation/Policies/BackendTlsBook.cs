using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Changes;

namespace Sluice.Translation.Policies;

/// <summary>The BackendTLSPolicies by the Services that they are for, kept from snapshot to snapshot.</summary>
internal sealed class BackendTlsBook
{
    private static readonly HashSet<NamespacedName> Nothing = [];
    private Dictionary<NamespacedName, BackendTlsVerdict> _verdicts = [];
    private Dictionary<NamespacedName, BackendTlsTarget[]> _targets = [];

    /// <summary>By policy.</summary>
    public IReadOnlyDictionary<NamespacedName, BackendTlsVerdict> Verdicts => _verdicts;

    /// <summary>Whether any policy names the Service.</summary>
    public bool Targets(NamespacedName service) => _targets.ContainsKey(service);

    /// <summary>The targets in the Service, those that take precedence first.</summary>
    public IReadOnlyList<BackendTlsTarget> Of(NamespacedName service) => _targets.GetValueOrDefault(service) ?? [];

    /// <summary>
    /// Whether and how TLS is spoken with a port of a Service; with one that is not listed (ExternalName), null. A policy for the
    /// port comes before one for the whole Service, and the oldest before others (BackendTLSPolicySpec.targetRefs). A port that
    /// asks for TLS itself (appProtocol) without a policy is held to what the system trusts.
    /// </summary>
    public BackendTlsDecision Decide(Service service, ServicePort? port)
    {
        if (_targets.TryGetValue(service.Key, out var targets))
        {
            foreach (var target in targets)
            {
                if (target.Section is null || (target.Section == port?.Name && target.Section.Length > 0))
                    return new BackendTlsDecision(true, target.Verdict.Settings, IsByPolicy: true);
            }
        }
        return Routes.BackendProtocol.IsTls(port?.AppProtocol)
            ? new BackendTlsDecision(true, new UpstreamTls { Hostname = HostnameOf(service), TrustSystem = true }, IsByPolicy: false)
            : default;
    }

    /// <summary>Takes over a snapshot. Returns the Services whose targets changed.</summary>
    public IReadOnlySet<NamespacedName> Update(ResourceSnapshot snapshot, SnapshotChanges changes)
    {
        if (changes.BackendTlsPolicies.Count == 0 && (_verdicts.Count == 0 || (changes.ConfigMaps.Count == 0 && changes.Secrets.Count == 0)))
            return Nothing;
        var verdicts = new Dictionary<NamespacedName, BackendTlsVerdict>(snapshot.BackendTlsPolicies.Count);
        var same = true;
        foreach (var (key, policy) in snapshot.BackendTlsPolicies)
        {
            var verdict = Judge(policy, snapshot);
            verdicts.Add(key, verdict);
            same &= _verdicts.TryGetValue(key, out var old) && ReferenceEquals(old, verdict);
        }
        if (same && verdicts.Count == _verdicts.Count)
            return Nothing;
        var before = _targets;
        _verdicts = verdicts;
        _targets = Index(verdicts.Values);
        return Difference(before, _targets);
    }

    // The verdict of before as long as it rests on the same objects.
    private BackendTlsVerdict Judge(BackendTlsPolicy policy, ResourceSnapshot snapshot)
    {
        var authorities = BackendTlsJudge.Authorities(policy, snapshot);
        return _verdicts.TryGetValue(policy.Key, out var old) && ReferenceEquals(old.Policy, policy) && old.Authorities.AsSpan().SequenceEqual(authorities)
            ? old
            : BackendTlsJudge.Judge(policy, authorities);
    }

    // By name when nothing else is known: that is whom the endpoints of a Service answer for in a cluster.
    private static string HostnameOf(Service service) =>
        service.Type == ServiceType.ExternalName && service.ExternalName is { Length: > 0 } name
            ? name.TrimEnd('.')
            : $"{service.Metadata.Name}.{service.Metadata.Namespace}.svc";

    private static Dictionary<NamespacedName, BackendTlsTarget[]> Index(IEnumerable<BackendTlsVerdict> verdicts)
    {
        var lists = new Dictionary<NamespacedName, List<BackendTlsTarget>>();
        foreach (var verdict in verdicts)
        {
            foreach (var reference in verdict.Policy.TargetRefs)
            {
                if (reference.Group.Length != 0 || reference.Kind != "Service")
                    continue;
                var service = new NamespacedName(verdict.Policy.Metadata.Namespace, reference.Name);
                if (!lists.TryGetValue(service, out var list))
                    lists.Add(service, list = []);
                list.Add(new BackendTlsTarget(verdict, reference.SectionName));
            }
        }
        var targets = new Dictionary<NamespacedName, BackendTlsTarget[]>(lists.Count);
        foreach (var (service, list) in lists)
        {
            var sorted = list.ToArray();
            Array.Sort(sorted, Compare);
            targets.Add(service, sorted);
        }
        return targets;
    }

    private static int Compare(BackendTlsTarget one, BackendTlsTarget other)
    {
        if (one.Section is null != other.Section is null)
            return one.Section is null ? 1 : -1;
        return PolicyOrder.Compare(one.Verdict.Policy, other.Verdict.Policy);
    }

    private static HashSet<NamespacedName> Difference(Dictionary<NamespacedName, BackendTlsTarget[]> before, Dictionary<NamespacedName, BackendTlsTarget[]> after)
    {
        var changed = new HashSet<NamespacedName>();
        foreach (var (service, targets) in after)
        {
            if (!before.TryGetValue(service, out var old) || !Same(old, targets))
                changed.Add(service);
        }
        foreach (var (service, _) in before)
        {
            if (!after.ContainsKey(service))
                changed.Add(service);
        }
        return changed;
    }

    private static bool Same(BackendTlsTarget[] one, BackendTlsTarget[] other)
    {
        if (one.Length != other.Length)
            return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (!ReferenceEquals(one[i].Verdict, other[i].Verdict) || one[i].Section != other[i].Section)
                return false;
        }
        return true;
    }
}
