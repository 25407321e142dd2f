using System.Text.Json;

namespace Sluice.Resources.Kgateway;

/// <param name="Replicas">Null leaves the number to whoever scales the Deployment; it begins with 1.</param>
/// <param name="Strategy">As in a Deployment.</param>
public sealed record DeploymentParameters(int? Replicas = null, JsonElement? Strategy = null)
{
    internal DeploymentParameters Over(DeploymentParameters? below) =>
        below is null ? this : new(Replicas ?? below.Replicas, ParameterJson.Over(Strategy, below.Strategy));
}
