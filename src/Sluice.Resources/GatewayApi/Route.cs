namespace Sluice.Resources.GatewayApi;

/// <summary>What HTTPRoute and GRPCRoute have in common.</summary>
public abstract record Route : KubernetesObject
{
    public IReadOnlyList<ParentReference> ParentRefs { get; init; } = [];

    public IReadOnlyList<string> Hostnames { get; init; } = [];

    /// <summary>spec.rules, without what only one of the kinds has.</summary>
    public abstract IReadOnlyList<CommonRouteRule> CommonRules { get; }
}
