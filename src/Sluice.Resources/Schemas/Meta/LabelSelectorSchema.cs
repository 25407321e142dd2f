using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Meta;

internal static class LabelSelectorSchema
{
    /// <summary>matchLabels and matchExpressions; taken as one value by server-side apply.</summary>
    public static SchemaNode Selector { get; } = Object(
        Optional("matchLabels", StringMap, "Labels with these values."),
        Optional("matchExpressions", List(Object(
            Required("key", AnyText, "The label's name."),
            Required("operator", AnyText, "In, NotIn, Exists or DoesNotExist."),
            Optional("values", Strings, "For In and NotIn."))), "Conditions on labels; all must hold.")) with
    { IsAtomicMap = true, Description = "Objects whose labels match all of it. An empty selector matches every object." };
}
