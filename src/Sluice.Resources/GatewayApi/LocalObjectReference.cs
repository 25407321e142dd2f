namespace Sluice.Resources.GatewayApi;

public sealed record LocalObjectReference(string Group, string Kind, string Name);
