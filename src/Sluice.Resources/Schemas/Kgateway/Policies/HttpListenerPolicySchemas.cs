using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>An HTTPListenerPolicy has at the top of spec what <see cref="ListenerSettingsSchemas.HttpSettings"/> has.</summary>
internal static class HttpListenerPolicySchemas
{
    /// <summary>spec of an HTTPListenerPolicy.</summary>
    public static SchemaNode Spec { get; } = Create(ListenerSettingsSchemas.HttpSettings);

    private static SchemaNode Create(SchemaNode settings) => Object(
        [
            PolicyShapes.TargetRefs(ListenerPolicySchemas.TargetKinds),
            PolicyShapes.TargetSelectors(ListenerPolicySchemas.TargetKinds),
            .. settings.Properties.Select(field => new SchemaField(field.Key, field.Value, settings.Required.Contains(field.Key))),
        ]) with
    { Rules = settings.Rules };
}
