using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Policies;

/// <summary>A policy that says itself what it is for.</summary>
public abstract record AttachedPolicy : PolicyObject
{
    /// <summary>At most 16, all in the policy's namespace.</summary>
    public IReadOnlyList<PolicyTargetReference> TargetRefs { get; init; } = [];

    /// <summary>At most 16; of the policy's namespace, unless that is the one for policies of every namespace.</summary>
    public IReadOnlyList<PolicyTargetSelector> TargetSelectors { get; init; } = [];
}
