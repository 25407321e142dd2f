namespace Sluice.Resources.GatewayApi;

public sealed record GatewayStatus(
    IReadOnlyList<GatewayAddress> Addresses,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<ListenerStatus> Listeners,
    int AttachedListenerSets = 0);
