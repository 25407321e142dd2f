namespace Sluice.Resources.GatewayApi;

/// <summary>What HTTPRoute and GRPCRoute have in common: each request is matched for itself.</summary>
public abstract record Layer7Route : Route
{
    /// <summary>spec.rules, without what only one of the kinds has.</summary>
    public abstract IReadOnlyList<CommonRouteRule> CommonRules { get; }

    public override int RuleCount => CommonRules.Count;
}
