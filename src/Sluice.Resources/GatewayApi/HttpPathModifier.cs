namespace Sluice.Resources.GatewayApi;

/// <summary>Type is "ReplaceFullPath" or "ReplacePrefixMatch"; Value is the replacement.</summary>
public sealed record HttpPathModifier(string Type, string Value);
