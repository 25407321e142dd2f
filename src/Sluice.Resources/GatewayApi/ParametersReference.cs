namespace Sluice.Resources.GatewayApi;

/// <summary>Namespace is null where the API has none (spec.infrastructure.parametersRef).</summary>
public sealed record ParametersReference(string Group, string Kind, string Name, string? Namespace = null);
