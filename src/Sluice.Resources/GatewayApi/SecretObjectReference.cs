namespace Sluice.Resources.GatewayApi;

/// <summary>Namespace null means the referrer's.</summary>
public sealed record SecretObjectReference(string Name, string? Namespace = null, string Group = "", string Kind = "Secret");
