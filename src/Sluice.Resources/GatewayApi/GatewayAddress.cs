namespace Sluice.Resources.GatewayApi;

/// <summary>Type is "IPAddress", "Hostname" or a domain-prefixed string; Value null asks for an address of that type.</summary>
public sealed record GatewayAddress(string Type, string? Value);
