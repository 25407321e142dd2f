namespace Sluice.Resources.GatewayApi;

/// <summary>What a Gateway makes of a policy. AncestorRef has its namespace filled in.</summary>
public sealed record PolicyAncestorStatus(ParentReference AncestorRef, string ControllerName, IReadOnlyList<Condition> Conditions);
