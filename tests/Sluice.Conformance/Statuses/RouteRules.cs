using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Statuses;

/// <summary>Compares a route's status.parents with what is expected of them. Null when they agree.</summary>
internal static class RouteRules
{
    private const string Group = "gateway.networking.k8s.io";

    /// <summary>
    /// An entry of the controller for the parent, completely named, with the condition. An entry's namespace may be left out
    /// only when it is the route's.
    /// </summary>
    public static string? Parent(RouteStatus route, ObjectKey parent, string controller, ConditionExpectation expected)
    {
        var entries = route.Parents.Where(entry => entry.Name == parent.Name && (entry.Namespace ?? route.Namespace) == parent.Namespace && entry.Kind == parent.Kind).ToList();
        if (entries.Count == 0)
            return $"there is no entry for parent {parent}";
        foreach (var entry in entries)
        {
            if (entry.ControllerName != controller)
                return $"parent {parent} is of controller {entry.ControllerName}, expected {controller}";
            if (entry.Group != Group)
                return $"parent {parent}: parentRef.group is \"{entry.Group}\"";
            if (ConditionRules.Has(entry.Conditions, route.Generation, expected) is { } problem)
                return $"parent {parent}{(entry.SectionName is null ? "" : $" section {entry.SectionName}")}: {problem}";
        }
        return null;
    }

    /// <summary>No entry, or exactly one with Accepted=False.</summary>
    public static string? NoneAccepted(RouteStatus? route) => route?.Parents switch
    {
        null or [] => null,
        [var only] => ConditionRules.Has(only.Conditions, route.Generation, ConditionExpectation.False("Accepted")),
        _ => $"{route.Parents.Count} parents, expected none or one that is not accepted",
    };

    /// <summary>All conditions of all parents are of the route's generation.</summary>
    public static string? Current(RouteStatus route) => route.Parents.Count == 0
        ? "there are no parents"
        : route.Parents.Select(parent => ConditionRules.Current(parent.Conditions, route.Generation)).FirstOrDefault(problem => problem is not null);
}
