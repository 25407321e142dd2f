namespace Sluice.Resources.GatewayApi;

/// <summary>Attempts counts the tries after the first.</summary>
public sealed record HttpRouteRetry(IReadOnlyList<int> Codes, int? Attempts, TimeSpan? Backoff);
