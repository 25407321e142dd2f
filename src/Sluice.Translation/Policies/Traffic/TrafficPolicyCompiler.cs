using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>Compiles the fields of a TrafficPolicy.</summary>
internal static class TrafficPolicyCompiler
{
    public static CompiledTrafficPolicy Compile(TrafficPolicy policy, PolicyWorld world)
    {
        var findings = new PolicyFindings();
        var surroundings = new PolicySurroundings(world, policy, findings);
        var outcomes = new List<FieldOutcome>(1);
        foreach (var field in TrafficFields.All)
        {
            if (!field.IsSet(policy))
                continue;
            var effect = field.Compile(policy, surroundings, out var record);
            var clusters = findings.TakeClusters();
            if (ForeignTarget(policy, field) is { } kind)
            {
                findings.Problem(field.Name, $"may be set for {string.Join(" and ", field.Targets)} only, and the policy is for a {kind}");
                (effect, record, clusters) = (FieldEffect.Broken, null, []);
            }
            outcomes.Add(new FieldOutcome(field, effect, record, clusters));
        }
        if (PolicyPrecedence.WeightProblem(policy) is { } problem)
            findings.Problem($"metadata.annotations[{PolicyPrecedence.WeightAnnotation}]", problem);
        return new CompiledTrafficPolicy(policy, [.. outcomes], [.. findings.Problems], [.. findings.Dependencies]);
    }

    private static string? ForeignTarget(TrafficPolicy policy, TrafficField field) =>
        field.Targets.Count == 0
            ? null
            : policy.TargetRefs.Select(target => target.Kind).Concat(policy.TargetSelectors.Select(target => target.Kind)).FirstOrDefault(kind => !field.Targets.Contains(kind));
}
