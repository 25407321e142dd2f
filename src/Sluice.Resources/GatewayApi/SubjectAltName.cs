namespace Sluice.Resources.GatewayApi;

/// <summary>Type is "Hostname", where Value may begin with "*.", or "URI".</summary>
public sealed record SubjectAltName(string Type, string Value);
