namespace Sluice.Resources.GatewayApi;

public sealed record GrpcRouteMatch
{
    /// <summary>What a rule without matches means: every gRPC request.</summary>
    public static IReadOnlyList<GrpcRouteMatch> DefaultList { get; } = [new()];

    /// <summary>Null matches every service and method.</summary>
    public GrpcMethodMatch? Method { get; init; }

    public IReadOnlyList<HttpValueMatch> Headers { get; init; } = [];
}
