namespace Sluice.Resources.GatewayApi;

public sealed record GatewayInfrastructure
{
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ObjectMeta.EmptyMap;

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = ObjectMeta.EmptyMap;

    public ParametersReference? ParametersRef { get; init; }
}
