namespace Sluice.Resources.GatewayApi;

public sealed record GatewayClass : KubernetesObject
{
    public override string Kind => "GatewayClass";

    public required string ControllerName { get; init; }

    public string? Description { get; init; }

    public ParametersReference? ParametersRef { get; init; }
}
