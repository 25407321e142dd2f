using Sluice.Resources.Policies.Listeners;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class ListenerPolicyBinder
{
    public static ListenerPolicy Read(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        TargetRefs = PolicyTargets.References(node),
        TargetSelectors = PolicyTargets.Selectors(node),
        Default = node.Part("default", ListenerSettingsBinder.ListenerSettings),
        PerPort = node.List("perPort", ListenerSettingsBinder.PortSettings),
    };
}
