using System.Text.Json;

namespace Sluice.Resources.Kgateway;

/// <summary>A strategic merge patch of metadata.labels, metadata.annotations and spec.</summary>
/// <param name="Patch">An object with metadata and spec.</param>
/// <param name="Origin">For messages: "GatewayParameters infra/edge: spec.kube.deploymentOverlay".</param>
public sealed record ParameterOverlay(JsonElement Patch, string Origin);
