namespace Sluice.Resources.GatewayApi;

public sealed record HttpRouteRule : CommonRouteRule
{
    /// <summary>Never empty: without matches in the manifest, one PathPrefix "/".</summary>
    public IReadOnlyList<HttpRouteMatch> Matches { get; init; } = HttpRouteMatch.DefaultList;

    public HttpRouteTimeouts? Timeouts { get; init; }

    public HttpRouteRetry? Retry { get; init; }
}
