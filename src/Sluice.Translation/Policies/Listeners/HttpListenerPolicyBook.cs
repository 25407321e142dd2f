using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Changes;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>The HTTPListenerPolicies.</summary>
internal sealed class HttpListenerPolicyBook(string? globalNamespace) : ListenerBook<HttpListenerPolicy>(globalNamespace)
{
    private static readonly Listener Probe = new() { Name = "", Port = 0, BindPort = 0, Protocol = ListenerProtocol.Https, Hostname = "", Tls = new ListenerTls { Mode = TlsMode.Terminate, Certificates = [] } };

    /// <summary>Takes over a snapshot. Returns the Gateways and ListenerSets whose policies changed.</summary>
    public HashSet<PolicyTarget> Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted) =>
        Update(before, world, world.Snapshot.HttpListenerPolicies, changes.HttpListenerPolicies, changes, retargeted);

    protected override void Check(HttpListenerPolicy policy, IPolicySurroundings surroundings)
    {
        var isForAll = policy.TargetRefs.All(target => target.SectionName is null) && policy.TargetSelectors.All(target => target.SectionName is null);
        ListenerPolicyCompiler.Apply(Probe, policy.Settings, surroundings, "");
        ListenerTelemetryCompiler.Compile(policy.Settings, isForAll ? null : [], surroundings, "");
    }

    protected override bool IsPartlyInForce(HttpListenerPolicy policy, IReadOnlyList<PolicyProblem> problems) =>
        policy.Fields.Any(field => !problems.Any(problem => problem.Field == field));
}
