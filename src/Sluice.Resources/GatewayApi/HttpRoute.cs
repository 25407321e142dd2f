namespace Sluice.Resources.GatewayApi;

public sealed record HttpRoute : Layer7Route
{
    public override string Kind => "HTTPRoute";

    public required IReadOnlyList<HttpRouteRule> Rules { get; init; }

    public override IReadOnlyList<CommonRouteRule> CommonRules => Rules;
}
