using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Changes;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>The ListenerPolicies.</summary>
internal sealed class ListenerPolicyBook(string? globalNamespace) : ListenerBook<ListenerPolicy>(globalNamespace)
{
    private static readonly Listener Probe = new() { Name = "", Port = 0, BindPort = 0, Protocol = ListenerProtocol.Https, Hostname = "", Tls = new ListenerTls { Mode = TlsMode.Terminate } };

    /// <summary>Takes over a snapshot. Returns the Gateways and ListenerSets whose policies changed.</summary>
    public HashSet<PolicyTarget> Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted) =>
        Update(before, world, world.Snapshot.ListenerPolicies, changes.ListenerPolicies, changes, retargeted);

    protected override void Check(ListenerPolicy policy, IPolicySurroundings surroundings)
    {
        if (policy.Default is { } settings)
            Check(settings, null, surroundings, "default");
        for (var i = 0; i < policy.PerPort.Count; i++)
            Check(policy.PerPort[i].Listener, [], surroundings, $"perPort[{i}].listener");
    }

    protected override bool IsPartlyInForce(ListenerPolicy policy, IReadOnlyList<PolicyProblem> problems)
    {
        var broken = problems.Select(problem => problem.Field).ToHashSet(StringComparer.Ordinal);
        return (policy.Default is { } settings && Fields(settings, "default").Any(field => !broken.Contains(field)))
            || policy.PerPort.Select((port, i) => Fields(port.Listener, $"perPort[{i}].listener")).Any(fields => fields.Any(field => !broken.Contains(field)));
    }

    private static void Check(ListenerSettings settings, IReadOnlyList<string>? listeners, IPolicySurroundings surroundings, string field)
    {
        ListenerPolicyCompiler.Apply(Probe, settings, surroundings, field);
        if (settings.HttpSettings is { } http)
            ListenerTelemetryCompiler.Compile(http, listeners, surroundings, $"{field}.httpSettings");
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
