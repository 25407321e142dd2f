namespace Sluice.Resources.GatewayApi;

public sealed record GrpcRouteRule : CommonRouteRule
{
    /// <summary>Never empty: without matches in the manifest, one that every request meets.</summary>
    public IReadOnlyList<GrpcRouteMatch> Matches { get; init; } = GrpcRouteMatch.DefaultList;
}
