using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

/// <summary>Conditions as Kubernetes' own kinds have them.</summary>
internal static class CoreConditions
{
    private static readonly SchemaField[] Fields =
    [
        Required("type", AnyText, "What the condition is about."),
        Required("status", AnyText, "True, False or Unknown."),
        Optional("observedGeneration", Integer(format: "int64"), "The metadata.generation that was looked at."),
        Optional("lastTransitionTime", Time, "When the status last became another."),
        Optional("lastUpdateTime", Time),
        Optional("lastProbeTime", Time),
        Optional("reason", AnyText, "One word for programs."),
        Optional("message", AnyText, "A sentence for people."),
    ];

    public static SchemaNode ByType { get; } = Keyed("type", Object(Fields)).MergedBy("type") with { Description = "What is known about the object, one condition of each type." };
}
