using System.Text.Json;

namespace Sluice.Resources.Kgateway;

/// <param name="UpdateStrategy">As in a DaemonSet.</param>
public sealed record DaemonSetParameters(JsonElement? UpdateStrategy = null)
{
    internal DaemonSetParameters Over(DaemonSetParameters? below) =>
        below is null ? this : new(ParameterJson.Over(UpdateStrategy, below.UpdateStrategy));
}
