namespace Sluice.Resources.Kgateway;

/// <summary>status of kinds that stand for themselves: Backend and GatewayExtension.</summary>
public sealed record ObjectStatus(IReadOnlyList<Condition> Conditions);
