using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class RouteTracingBinder
{
    public static RouteTracing RouteTracing(PolicyNode node) => new()
    {
        ClientSampling = node.Number("clientSampling"),
        RandomSampling = node.Number("randomSampling"),
        OverallSampling = node.Number("overallSampling"),
        Attributes = node.List("attributes", TelemetryBinder.TracingAttribute),
        IsDisabled = node.Has("disable"),
    };
}
