using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Listeners"/> holds of the same names.</summary>
internal static class ListenerPolicySchemas
{
    internal const string TargetKinds = "gateway.networking.k8s.io/Gateway gateway.networking.k8s.io/ListenerSet gateway.networking.x-k8s.io/XListenerSet";

    /// <summary>spec of a ListenerPolicy.</summary>
    public static SchemaNode Spec { get; } = Object(
        PolicyShapes.TargetRefs(TargetKinds),
        PolicyShapes.TargetSelectors(TargetKinds),
        Optional("default", ListenerSettingsSchemas.ListenerSettings, "For all of them."),
        Optional("perPort", Keyed("port", ListenerSettingsSchemas.PortSettings, max: 64), "For those on a port, instead of the default."));
}
