namespace Sluice.Resources.GatewayApi;

public sealed record GatewayStatus(
    IReadOnlyList<GatewayAddress> Addresses,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<ListenerStatus> Listeners,
    int AttachedListenerSets = 0)
{
    /// <summary>A Programmed=True that stands in the cluster holds for the moment, also where it is Pending here.</summary>
    public bool IsAwaited { get; init; }
}
