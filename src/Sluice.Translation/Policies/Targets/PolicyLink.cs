using Sluice.Resources.Policies;

namespace Sluice.Translation.Policies.Targets;

/// <summary>A policy that says it is for an object.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Section">A listener of the object, or a rule; null for all of it.</param>
internal readonly record struct PolicyLink<T>(T Policy, string? Section)
    where T : AttachedPolicy;
