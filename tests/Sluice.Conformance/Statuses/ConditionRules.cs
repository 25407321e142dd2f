namespace Sluice.Conformance.Statuses;

/// <summary>
/// What the suite reads from a list of conditions. Every rule answers null when it is kept, and what is wrong when it is not.
/// A list is believed only when all its conditions are of the object's generation.
/// </summary>
internal static class ConditionRules
{
    public static string? Current(IReadOnlyList<ConditionStatus> conditions, long generation)
    {
        if (conditions.Count == 0)
            return "there are no conditions";
        var stale = conditions.FirstOrDefault(condition => condition.ObservedGeneration != generation);
        return stale is null ? null : $"{stale} is of generation {stale.ObservedGeneration}, the object of {generation}";
    }

    public static string? Has(IReadOnlyList<ConditionStatus> conditions, long generation, ConditionExpectation expected)
    {
        if (Current(conditions, generation) is { } stale)
            return stale;
        var found = conditions.FirstOrDefault(condition => condition.Type == expected.Type);
        if (found is null)
            return $"there is no {expected.Type} condition";
        if (expected.Status is { } status && found.Status != status)
            return $"{found} ({found.Message}), expected {expected}";
        return expected.Reason is { } reason && found.Reason != reason ? $"{found}, expected {expected}" : null;
    }
}
