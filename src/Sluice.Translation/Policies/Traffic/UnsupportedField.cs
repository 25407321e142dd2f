using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>A field that nothing can put in force yet: policies that set it say so in their status.</summary>
/// <param name="name">As in manifests.</param>
/// <param name="guards">See <see cref="TrafficField"/>.</param>
/// <param name="isSet">Whether a policy sets it.</param>
/// <param name="isOff">Whether a policy only turns it off, which is honoured; null: that cannot be said.</param>
internal sealed class UnsupportedField(string name, bool guards, Func<TrafficPolicy, bool> isSet, Func<TrafficPolicy, bool>? isOff = null) : TrafficField(name, guards)
{
    public override bool IsSet(TrafficPolicy policy) => isSet(policy);

    public override FieldEffect Compile(TrafficPolicy policy, IPolicySurroundings surroundings, out object? record)
    {
        record = null;
        if (isOff?.Invoke(policy) == true)
            return FieldEffect.Off;
        surroundings.Problem(Name, Guards ? "is not supported by this version; requests that it would guard are answered with 500" : "is not supported by this version and has no effect");
        return FieldEffect.Broken;
    }

    public override void Apply(RuleEffects rule, object record, PolicyUse use) => throw new InvalidOperationException($"{Name} has no record to apply.");
}
