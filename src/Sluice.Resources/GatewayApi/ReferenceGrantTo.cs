namespace Sluice.Resources.GatewayApi;

/// <summary>Name null grants every object of the kind.</summary>
public sealed record ReferenceGrantTo(string Group, string Kind, string? Name);
