using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Meta;

/// <summary>metav1.Condition, as the statuses of the Gateway API hold it.</summary>
internal static class ConditionSchema
{
    private const string TypePattern = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    private const string Pending = """{"type":"{0}","status":"Unknown","reason":"Pending","message":"Waiting for controller","lastTransitionTime":"1970-01-01T00:00:00Z"}""";

    private static readonly SchemaNode Item = Object(
        Required("type", Text(max: 316, pattern: TypePattern), "What the condition is about, such as Accepted."),
        Required("status", Word("True False Unknown")),
        Optional("observedGeneration", Integer(0, format: "int64"), "The metadata.generation that was looked at."),
        Required("lastTransitionTime", Time, "When the status last became another."),
        Required("reason", Text(1, 1024, "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"), "One word for programs."),
        Required("message", Text(max: 32768), "A sentence for people."));

    /// <summary>At most eight, one of each type.</summary>
    public static SchemaNode Conditions { get; } = Keyed("type", Item, max: 8) with { Description = "What is known about the object, one condition of each type." };

    /// <summary>The same, with at least one.</summary>
    public static SchemaNode SomeConditions { get; } = Conditions with { MinItems = 1 };

    /// <summary>JSON of a list of conditions that nobody has set yet.</summary>
    public static string PendingList(params ReadOnlySpan<string> types)
    {
        var conditions = new List<string>();
        foreach (var type in types)
            conditions.Add(Pending.Replace("{0}", type, StringComparison.Ordinal));
        return $"[{string.Join(',', conditions)}]";
    }
}
