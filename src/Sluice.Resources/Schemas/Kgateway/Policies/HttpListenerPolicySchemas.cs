using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>
/// An HTTPListenerPolicy has at the top of spec what <see cref="ListenerSettingsSchemas.HttpSettings"/> has. Policies are merged by the
/// fields that stand at the top, so none is filled in there.
/// </summary>
internal static class HttpListenerPolicySchemas
{
    /// <summary>spec of an HTTPListenerPolicy.</summary>
    public static SchemaNode Spec { get; } = Create(ListenerSettingsSchemas.HttpSettings);

    private static SchemaNode Create(SchemaNode settings) => Object(
        [
            PolicyShapes.TargetRefs(ListenerPolicySchemas.TargetKinds),
            PolicyShapes.TargetSelectors(ListenerPolicySchemas.TargetKinds),
            .. settings.Properties.Select(field => new SchemaField(field.Key, WithoutDefault(field.Value), settings.Required.Contains(field.Key))),
        ]) with
    { Rules = settings.Rules };

    private static SchemaNode WithoutDefault(SchemaNode node) => node.Default is { } value
        ? node with { Default = null, Description = $"{node.Description} Absent: {value}." }
        : node;
}
