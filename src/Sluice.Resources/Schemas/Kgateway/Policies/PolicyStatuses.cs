using Sluice.Resources.Schemas.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>What controllers write about policies.</summary>
internal static class PolicyStatuses
{
    /// <summary>Of what is attached to something: conditions per ancestor.</summary>
    public static SchemaField OfAncestors { get; } = Optional(
        "status",
        Object(Optional("ancestors", List(
            Object(
                Required("ancestorRef", ReferenceSchemas.Parent),
                Required("controllerName", NameSchemas.ControllerName),
                Required("conditions", ConditionSchema.SomeConditions)), max: 16), "What each controller says of what the policy is for.")),
        "Set by controllers.");

    /// <summary>Of what others point at.</summary>
    public static SchemaField OfObject { get; } = Optional("status", Object(Optional("conditions", ConditionSchema.Conditions)), "Set by controllers.");
}
