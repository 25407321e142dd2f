namespace Sluice.Resources.GatewayApi;

public sealed record HttpRoute : KubernetesObject
{
    public override string Kind => "HTTPRoute";

    public IReadOnlyList<ParentReference> ParentRefs { get; init; } = [];

    public IReadOnlyList<string> Hostnames { get; init; } = [];

    public required IReadOnlyList<HttpRouteRule> Rules { get; init; }
}
