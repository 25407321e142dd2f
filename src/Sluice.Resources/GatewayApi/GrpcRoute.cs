namespace Sluice.Resources.GatewayApi;

public sealed record GrpcRoute : Layer7Route
{
    public override string Kind => "GRPCRoute";

    /// <summary>May be empty, unlike those of an HTTPRoute: then nothing matches.</summary>
    public IReadOnlyList<GrpcRouteRule> Rules { get; init; } = [];

    public override IReadOnlyList<CommonRouteRule> CommonRules => Rules;
}
