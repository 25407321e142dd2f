using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Statuses;

/// <summary>Compares a policy's status.ancestors with what is expected of them. Null when they agree.</summary>
internal static class PolicyRules
{
    private const string Group = "gateway.networking.k8s.io";

    /// <summary>An entry of the controller for the Gateway, completely named, with the conditions.</summary>
    public static string? Ancestor(PolicyStatus policy, ObjectKey gateway, string controller, IReadOnlyList<ConditionExpectation> expected)
    {
        var entry = policy.Ancestors.FirstOrDefault(ancestor =>
            ancestor.Name == gateway.Name && (ancestor.Namespace ?? policy.Namespace) == gateway.Namespace && ancestor.Kind == gateway.Kind);
        if (entry is null)
            return $"there is no entry for ancestor {gateway}";
        if (entry.ControllerName != controller)
            return $"ancestor {gateway} is of controller {entry.ControllerName}, expected {controller}";
        if (entry.Group != Group)
            return $"ancestor {gateway}: ancestorRef.group is \"{entry.Group}\"";
        return expected.Select(condition => ConditionRules.Has(entry.Conditions, policy.Generation, condition)).FirstOrDefault(problem => problem is not null) is { } problem
            ? $"ancestor {gateway}: {problem}"
            : null;
    }

    /// <summary>All conditions of all ancestors are of the policy's generation.</summary>
    public static string? Current(PolicyStatus policy) => policy.Ancestors.Count == 0
        ? "there are no ancestors"
        : policy.Ancestors.Select(ancestor => ConditionRules.Current(ancestor.Conditions, policy.Generation)).FirstOrDefault(problem => problem is not null);
}
