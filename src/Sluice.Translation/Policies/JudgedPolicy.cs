using Sluice.Resources.Policies;

namespace Sluice.Translation.Policies;

/// <summary>A policy, looked at for itself.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Dependencies">What was looked at.</param>
internal sealed record JudgedPolicy<T>(T Policy, PolicyProblem[] Problems, PolicyDependency[] Dependencies)
    where T : AttachedPolicy;
