using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>What a TrafficPolicy comes to, wherever it is attached. Rules share what it holds.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Outcomes">The fields that it sets, in the order of <see cref="TrafficFields.All"/>.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Dependencies">What was looked at.</param>
internal sealed record CompiledTrafficPolicy(TrafficPolicy Policy, FieldOutcome[] Outcomes, PolicyProblem[] Problems, PolicyDependency[] Dependencies)
{
    public bool DoesSame(CompiledTrafficPolicy other)
    {
        if (Outcomes.Length != other.Outcomes.Length)
            return false;
        for (var i = 0; i < Outcomes.Length; i++)
        {
            if (!Outcomes[i].IsSame(other.Outcomes[i]))
                return false;
        }
        return true;
    }
}
