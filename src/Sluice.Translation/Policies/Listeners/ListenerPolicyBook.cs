using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Changes;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>The ListenerPolicies.</summary>
internal sealed class ListenerPolicyBook(string? globalNamespace) : ListenerBook<ListenerPolicy>(globalNamespace)
{
    private static readonly Listener Probe = new() { Name = "", Port = 0, BindPort = 0, Protocol = ListenerProtocol.Https, Hostname = "", Tls = new ListenerTls { Mode = TlsMode.Terminate, Certificates = [] } };

    /// <summary>Takes over a snapshot. Returns the Gateways and ListenerSets whose policies changed.</summary>
    public HashSet<PolicyTarget> Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted) =>
        Update(before, world, world.Snapshot.ListenerPolicies, changes.ListenerPolicies, changes, retargeted);

    protected override void Check(ListenerPolicy policy, IPolicySurroundings surroundings)
    {
        var isForAll = policy.PerPort.Count == 0 && policy.TargetRefs.All(target => target.SectionName is null) && policy.TargetSelectors.All(target => target.SectionName is null);
        if (policy.Default is { } settings)
            Check(Probe, settings, "default");
        for (var i = 0; i < policy.PerPort.Count; i++)
            Check(Probe with { Port = policy.PerPort[i].Port }, policy.PerPort[i].Listener, $"perPort[{i}].listener");

        void Check(Listener listener, ListenerSettings chosen, string field)
        {
            ListenerPolicyCompiler.Apply(listener, chosen, surroundings, field);
            if (chosen.HttpSettings is { } http)
                ListenerTelemetryCompiler.Compile(http, isForAll ? null : [], surroundings, $"{field}.httpSettings");
        }
    }

    protected override bool IsPartlyInForce(ListenerPolicy policy, IReadOnlyList<PolicyProblem> problems)
    {
        var broken = problems.Select(problem => problem.Field).ToHashSet(StringComparer.Ordinal);
        return (policy.Default is { } settings && Fields(settings, "default").Any(field => !broken.Contains(field)))
            || policy.PerPort.Select((port, i) => Fields(port.Listener, $"perPort[{i}].listener")).Any(fields => fields.Any(field => !broken.Contains(field)));
    }

    private static IEnumerable<string> Fields(ListenerSettings settings, string field)
    {
        if (settings.ProxyProtocol is not null)
            yield return $"{field}.proxyProtocol";
        if (settings.TcpKeepalive is not null)
            yield return $"{field}.tcpKeepalive";
        if (settings.PerConnectionBufferLimitBytes is not null)
            yield return $"{field}.perConnectionBufferLimitBytes";
        if (settings.TransportSocketConnectTimeout is not null)
            yield return $"{field}.transportSocketConnectTimeout";
        if (settings.ClientCertificateValidation is not null)
            yield return $"{field}.clientCertificateValidation";
        if (settings.HttpSettings is not null)
            yield return $"{field}.httpSettings";
    }
}
