using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class RouteTracingSchemas
{
    public static SchemaNode RouteTracing { get; } = Object(
        Optional("clientSampling", Integer(0, 100), "Percent of the requests that ask for a trace."),
        Optional("randomSampling", Integer(0, 100), "Percent of the others."),
        Optional("overallSampling", Integer(0, 100), "Percent of both that are kept."),
        Optional("attributes", Keyed("name", TelemetrySchemas.TracingAttribute, max: 64), "Further attributes."),
        Optional("disable", Object(), "Turns off what is inherited."));
}
