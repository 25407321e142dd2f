namespace Sluice.Conformance.Statuses;

internal sealed record GatewayStatus(
    string Namespace,
    string Name,
    long Generation,
    IReadOnlyList<AddressStatus> Addresses,
    IReadOnlyList<ConditionStatus> Conditions,
    IReadOnlyList<ListenerStatus> Listeners,
    int AttachedListenerSets = 0);
