namespace Sluice.Resources.GatewayApi;

public sealed record ListenerSetStatus(IReadOnlyList<Condition> Conditions, IReadOnlyList<ListenerStatus> Listeners);
