using Sluice.Configuration;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>Merges the policies of a rule field by field, and puts what comes of it in force.</summary>
internal static class PolicyMerge
{
    /// <param name="rule">Without policies.</param>
    /// <param name="uses">The policies of the rule, those that take precedence first.</param>
    /// <param name="hostOf">The name that a cluster's backends are known by; null when they have none.</param>
    /// <param name="clusters">Gets the clusters that the policies have asked.</param>
    public static RouteRule Apply(RouteRule rule, IReadOnlyList<PolicyUse> uses, Func<string, string?> hostOf, HashSet<string> clusters)
    {
        // A rule that answers 500 anyway asks nothing.
        if (uses.Count == 0 || rule.Action is ForwardAction { Backends.Count: 0 })
            return rule;
        var effects = new RuleEffects(rule, hostOf);
        foreach (var field in TrafficFields.All)
            Apply(effects, field, uses, clusters);
        return effects.Result();
    }

    private static void Apply(RuleEffects effects, TrafficField field, IReadOnlyList<PolicyUse> uses, HashSet<string> clusters)
    {
        object? record = null;
        PolicyUse winner = default;
        foreach (var use in uses)
        {
            if (Find(use.Policy, field) is not { } outcome)
                continue;
            if (outcome.Effect == FieldEffect.Broken)
            {
                if (field.Guards)
                    effects.Refuse();
                break;
            }
            if (outcome.Effect == FieldEffect.Off)
                break;
            clusters.UnionWith(outcome.Clusters);
            if (record is null)
                winner = use;
            record = record is null ? outcome.Record! : field.Merge(record, outcome.Record!);
            if (!field.MergesDeeply)
                break;
        }
        if (record is not null)
            field.Apply(effects, record, winner);
    }

    private static FieldOutcome? Find(CompiledTrafficPolicy policy, TrafficField field)
    {
        foreach (var outcome in policy.Outcomes)
        {
            if (ReferenceEquals(outcome.Field, field))
                return outcome;
        }
        return null;
    }
}
