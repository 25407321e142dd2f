namespace Sluice.Resources.GatewayApi;

public sealed record HttpHeader(string Name, string Value);
