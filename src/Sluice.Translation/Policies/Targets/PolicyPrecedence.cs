using System.Globalization;
using Sluice.Resources;

namespace Sluice.Translation.Policies.Targets;

/// <summary>
/// Which of several policies for the same target takes precedence, field by field: the one with the greatest kgateway.dev/policy-weight, then
/// the oldest, then the first by namespace/name.
/// </summary>
internal static class PolicyPrecedence
{
    /// <summary>A whole number; 0 when absent. What is none counts as 0, and the policy's status says so.</summary>
    public const string WeightAnnotation = "kgateway.dev/policy-weight";

    /// <summary>Negative when the first one does.</summary>
    public static int Compare(KubernetesObject one, KubernetesObject other)
    {
        var weight = Weight(other).CompareTo(Weight(one));
        return weight != 0 ? weight : PolicyOrder.Compare(one, other);
    }

    /// <summary>Null when the annotation can be used, or is absent.</summary>
    public static string? WeightProblem(KubernetesObject policy) =>
        policy.Metadata.Annotations.TryGetValue(WeightAnnotation, out var text) && !TryParse(text, out _)
            ? $"\"{text}\" is no whole number from {int.MinValue} to {int.MaxValue}; 0 is taken"
            : null;

    private static int Weight(KubernetesObject policy) =>
        policy.Metadata.Annotations.TryGetValue(WeightAnnotation, out var text) && TryParse(text, out var weight) ? weight : 0;

    private static bool TryParse(string text, out int weight) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out weight);
}
