namespace Sluice.Translation.Policies.Traffic;

/// <summary>A policy at a place where it holds.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Place">What it is attached to there, such as "Gateway/ns/name" or "HTTPRoute/ns/name#rules[0]": rules of one place share what it counts.</param>
internal readonly record struct PolicyUse(CompiledTrafficPolicy Policy, string Place)
{
    /// <summary>Stands for any place.</summary>
    public static PolicyUse Probe { get; } = new(new CompiledTrafficPolicy(null!, [], [], []), "");

    /// <summary>Name for what the policy keeps count of at the place.</summary>
    public string Identity => $"{Policy.Policy?.Key}@{Place}";
}
