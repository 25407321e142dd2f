using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>What policies say of a listener, merged field by field.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Field">Where the most specific ones stand in their policy, such as "default".</param>
/// <param name="Policies">The policies, those that take precedence first.</param>
internal sealed record MergedListenerPolicy(ListenerSettings Settings, string Field, IReadOnlyList<ListenerPolicy> Policies);
