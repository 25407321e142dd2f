namespace Sluice.Resources.GatewayApi;

public sealed record RouteGroupKind(string Group, string Kind);
