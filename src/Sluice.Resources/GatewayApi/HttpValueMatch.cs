namespace Sluice.Resources.GatewayApi;

/// <summary>A header or query parameter predicate: Type is "Exact" or "RegularExpression".</summary>
public sealed record HttpValueMatch(string Name, string Value, string Type = "Exact");
