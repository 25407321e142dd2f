namespace Sluice.Resources.GatewayApi;

/// <summary>What the routes of every kind have in common.</summary>
public abstract record Route : KubernetesObject
{
    public IReadOnlyList<ParentReference> ParentRefs { get; init; } = [];

    /// <summary>Always empty for the kinds that have none (TCPRoute, UDPRoute).</summary>
    public IReadOnlyList<string> Hostnames { get; init; } = [];

    /// <summary>Number of spec.rules.</summary>
    public abstract int RuleCount { get; }
}
