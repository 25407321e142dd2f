namespace Sluice.Resources.GatewayApi;

/// <summary>Zero disables the timeout; null leaves the default.</summary>
public sealed record HttpRouteTimeouts(TimeSpan? Request, TimeSpan? BackendRequest);
