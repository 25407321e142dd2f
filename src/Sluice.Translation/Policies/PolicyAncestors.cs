using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies.Targets;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Policies;

/// <summary>Collects what a policy's status says of each ancestor: Gateways, and targets that there are not.</summary>
/// <param name="controllerName">For targets that there are not.</param>
internal sealed class PolicyAncestors(string controllerName)
{
    private const int Shown = 8;
    private readonly Dictionary<ParentReference, Facts> _ancestors = [];

    /// <summary>Of a policy that says nothing.</summary>
    public static (string Reason, string Message) Nothing { get; } = (Reason.Invalid, "no field of spec says anything");

    /// <summary>Accepted=False for these problems.</summary>
    public static (string Reason, string Message) Faults(IReadOnlyList<PolicyProblem> problems, bool isPartlyInForce)
    {
        var message = string.Join("; ", problems.Take(Shown));
        if (problems.Count > Shown)
            message += $"; and {problems.Count - Shown} more";
        return (isPartlyInForce ? Reason.PartiallyValid : Reason.Invalid, message);
    }

    public void Add(GatewayState gateway, Standing standing)
    {
        var facts = Of(gateway);
        facts.Standing = facts.Standing is { } known && known > standing ? known : standing;
    }

    /// <summary>A section of something of the Gateway that there is not.</summary>
    public void Missing(GatewayState gateway, string message) => (Of(gateway).Missing ??= []).Add(message);

    public void Missing(PolicyTarget target, string? section, string message)
    {
        var reference = new ParentReference(target.Name.Name, target.Name.Namespace, target.Group, target.Kind, section);
        if (!_ancestors.TryGetValue(reference, out var facts))
            _ancestors.Add(reference, facts = new Facts(controllerName));
        (facts.Missing ??= []).Add(message);
    }

    /// <param name="generation">Of the policy.</param>
    /// <param name="fault">Accepted=False and why; null: True.</param>
    public PolicyStatus ToStatus(long generation, (string Reason, string Message)? fault) => new([.. _ancestors
        .OrderBy(ancestor => ancestor.Value.Standing is null)
        .ThenBy(ancestor => ancestor.Key.Kind, StringComparer.Ordinal)
        .ThenBy(ancestor => ancestor.Key.Namespace, StringComparer.Ordinal)
        .ThenBy(ancestor => ancestor.Key.Name, StringComparer.Ordinal)
        .ThenBy(ancestor => ancestor.Key.SectionName, StringComparer.Ordinal)
        .Take(PolicyStatusBuilder.MostAncestors)
        .Select(ancestor => new PolicyAncestorStatus(ancestor.Key, ancestor.Value.ControllerName, ancestor.Value.Conditions(generation, fault)))]);

    private Facts Of(GatewayState gateway)
    {
        var source = gateway.Evaluation.Gateway;
        var reference = new ParentReference(source.Metadata.Name, source.Metadata.Namespace);
        if (!_ancestors.TryGetValue(reference, out var facts))
            _ancestors.Add(reference, facts = new Facts(gateway.Evaluation.ControllerName));
        return facts;
    }

    private sealed class Facts(string controllerName)
    {
        public string ControllerName { get; } = controllerName;

        /// <summary>Null: with nothing of it.</summary>
        public Standing? Standing { get; set; }

        public List<string>? Missing { get; set; }

        public IReadOnlyList<Condition> Conditions(long generation, (string Reason, string Message)? fault)
        {
            var missing = Missing is null ? null : string.Join("; ", Missing.Take(Shown));
            if (missing is not null)
                fault = (Reason.TargetNotFound, missing);
            return
            [
                fault is { } wrong
                    ? new Condition(ConditionType.Accepted, false, wrong.Reason, wrong.Message, generation)
                    : new Condition(ConditionType.Accepted, true, Reason.Valid, "", generation),
                Standing switch
                {
                    null => new Condition(ConditionType.Attached, false, Reason.TargetNotFound, missing ?? "", generation),
                    Policies.Standing.Pending => new Condition(ConditionType.Attached, false, Reason.Pending, "no listener serves the target", generation),
                    Policies.Standing.Overridden => new Condition(ConditionType.Attached, false, Reason.Overridden, "other policies for the same target take precedence in every field", generation),
                    Policies.Standing.Merged => new Condition(ConditionType.Attached, true, Reason.Merged, "", generation),
                    _ => new Condition(ConditionType.Attached, true, Reason.Attached, "", generation),
                },
            ];
        }
    }
}
