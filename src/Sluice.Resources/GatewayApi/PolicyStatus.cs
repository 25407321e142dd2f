namespace Sluice.Resources.GatewayApi;

/// <summary>Only the ancestors that are ours.</summary>
public sealed record PolicyStatus(IReadOnlyList<PolicyAncestorStatus> Ancestors);
