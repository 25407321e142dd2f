namespace Sluice.Resources.GatewayApi;

public sealed record ListenerSetStatus(IReadOnlyList<Condition> Conditions, IReadOnlyList<ListenerStatus> Listeners)
{
    /// <inheritdoc cref="GatewayStatus.IsAwaited"/>
    public bool IsAwaited { get; init; }
}
