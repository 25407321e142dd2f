namespace Sluice.Configuration;

/// <summary>
/// Sends the request to one of the backends, chosen by weight. With no backends, or with a total weight of 0, the answer is
/// 500 (HTTPRouteRule.backendRefs).
/// </summary>
public sealed record ForwardAction(IReadOnlyList<WeightedBackend> Backends) : RouteAction;
