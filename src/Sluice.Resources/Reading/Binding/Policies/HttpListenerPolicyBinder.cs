using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Schemas.Kgateway.Policies;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads an HTTPListenerPolicy that passed its schema.</summary>
internal static class HttpListenerPolicyBinder
{
    public static HttpListenerPolicy Read(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        TargetRefs = PolicyTargets.References(node),
        TargetSelectors = PolicyTargets.Selectors(node),
        Settings = ListenerSettingsBinder.HttpSettings(node.As(ListenerSettingsSchemas.HttpSettings)),
    };
}
