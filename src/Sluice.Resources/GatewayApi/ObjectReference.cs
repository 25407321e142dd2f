namespace Sluice.Resources.GatewayApi;

/// <summary>Group "" is the core group; Namespace null means the referrer's.</summary>
public sealed record ObjectReference(string Group, string Kind, string Name, string? Namespace = null);
