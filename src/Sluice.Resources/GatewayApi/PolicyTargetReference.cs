namespace Sluice.Resources.GatewayApi;

/// <summary>What a policy is for, in its own namespace. SectionName, of a Service the name of a port, null for all of it.</summary>
public sealed record PolicyTargetReference(string Group, string Kind, string Name, string? SectionName = null);
