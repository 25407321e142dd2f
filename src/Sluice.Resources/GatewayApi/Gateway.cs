namespace Sluice.Resources.GatewayApi;

public sealed record Gateway : KubernetesObject
{
    public override string Kind => "Gateway";

    public required string GatewayClassName { get; init; }

    public required IReadOnlyList<GatewayListener> Listeners { get; init; }

    public IReadOnlyList<GatewayAddress> Addresses { get; init; } = [];

    public GatewayInfrastructure? Infrastructure { get; init; }

    public AllowedListeners AllowedListeners { get; init; } = AllowedListeners.Default;

    public GatewayTls? Tls { get; init; }
}
