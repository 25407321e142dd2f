namespace Sluice.Resources.GatewayApi;

public sealed record ReferenceGrant : KubernetesObject
{
    public override string Kind => "ReferenceGrant";

    public required IReadOnlyList<ReferenceGrantFrom> From { get; init; }

    public required IReadOnlyList<ReferenceGrantTo> To { get; init; }
}
