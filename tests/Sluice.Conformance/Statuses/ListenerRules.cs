namespace Sluice.Conformance.Statuses;

/// <summary>Compares the status.listeners of a Gateway or a ListenerSet with what is expected of them. Null when they agree.</summary>
internal static class ListenerRules
{
    private const string Group = "gateway.networking.k8s.io";

    private static readonly string[] Readiness = ["ResolvedRefs", "Accepted", "Programmed"];

    /// <summary>The same number of listeners, each as expected.</summary>
    public static string? Match(IReadOnlyList<ListenerStatus> listeners, long generation, IReadOnlyList<ListenerExpectation> expected)
    {
        if (listeners.Count != expected.Count)
            return $"{listeners.Count} listeners ({string.Join(", ", listeners.Select(listener => listener.Name))}), expected {expected.Count}";
        return expected.Select(listener => Match(listeners, generation, listener)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>All listeners ResolvedRefs, Accepted and Programmed.</summary>
    public static string? AllReady(IReadOnlyList<ListenerStatus> listeners, long generation)
    {
        if (listeners.Count == 0)
            return "there are no listeners in the status";
        foreach (var listener in listeners)
        {
            foreach (var type in Readiness)
            {
                if (ConditionRules.Has(listener.Conditions, generation, ConditionExpectation.True(type)) is { } problem)
                    return $"listener {listener.Name}: {problem}";
            }
        }
        return null;
    }

    /// <summary>No listener in the status, or exactly one without routes.</summary>
    public static string? NoRoutes(GatewayStatus gateway) => gateway.Listeners switch
    {
        [] or [{ AttachedRoutes: 0 }] => null,
        [var only] => $"listener {only.Name} has {only.AttachedRoutes} routes, expected none",
        _ => $"{gateway.Listeners.Count} listeners, expected none or one without routes",
    };

    private static string? Match(IReadOnlyList<ListenerStatus> listeners, long generation, ListenerExpectation expected)
    {
        var found = listeners.FirstOrDefault(listener => listener.Name == expected.Name);
        if (found is null)
            return $"there is no listener {expected.Name}";
        if (found.AttachedRoutes != expected.AttachedRoutes)
            return $"listener {expected.Name}: attachedRoutes {found.AttachedRoutes}, expected {expected.AttachedRoutes}";
        if (expected.SupportedKinds.Count == 0 && found.SupportedKinds.Count > 0)
            return $"listener {expected.Name}: supportedKinds {Names(found)}, expected none";
        if (expected.SupportedKinds.FirstOrDefault(kind => !found.SupportedKinds.Contains(new RouteKind(Group, kind))) is { } missing)
            return $"listener {expected.Name}: supportedKinds {Names(found)} without {missing}";
        foreach (var condition in expected.Conditions)
        {
            if (ConditionRules.Has(found.Conditions, generation, condition) is { } problem)
                return $"listener {expected.Name}: {problem}";
        }
        return null;
    }

    private static string Names(ListenerStatus listener) => $"[{string.Join(", ", listener.SupportedKinds.Select(kind => kind.Kind))}]";
}
