namespace Sluice.Resources.GatewayApi;

public sealed record HttpUrlRewrite(string? Hostname, HttpPathModifier? Path);
