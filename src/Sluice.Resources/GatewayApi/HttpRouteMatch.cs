namespace Sluice.Resources.GatewayApi;

public sealed record HttpRouteMatch
{
    /// <summary>What a rule without matches means.</summary>
    public static IReadOnlyList<HttpRouteMatch> DefaultList { get; } = [new()];

    /// <summary>"Exact", "PathPrefix" or "RegularExpression".</summary>
    public string PathType { get; init; } = "PathPrefix";

    public string PathValue { get; init; } = "/";

    public string? Method { get; init; }

    public IReadOnlyList<HttpValueMatch> Headers { get; init; } = [];

    public IReadOnlyList<HttpValueMatch> QueryParams { get; init; } = [];
}
