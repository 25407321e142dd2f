using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>What policies say of a listener, merged field by field.</summary>
/// <param name="Settings">Of ListenerPolicies, with what HTTPListenerPolicies add; null when there are only the latter.</param>
/// <param name="HttpSettings">Of HTTPListenerPolicies, without <paramref name="Settings"/>.</param>
/// <param name="Field">Where the most specific ones stand in their policy, such as "default"; "" for spec.</param>
/// <param name="Owner">The most specific policy.</param>
internal sealed record MergedListenerPolicy(ListenerSettings? Settings, HttpSettings? HttpSettings, string Field, KubernetesObject Owner);
