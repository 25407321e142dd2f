using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Statuses;

/// <summary>
/// Builds route statuses. Thousands of routes say the same of the same parent: they share one instance, so that their status
/// costs nothing.
/// </summary>
internal sealed class RouteStatusInterner
{
    private const int Most = 4096;
    private readonly Dictionary<long, IReadOnlyList<Condition>> _fine = [];
    private readonly Dictionary<(ParentReference Parent, string Controller, IReadOnlyList<Condition> Conditions), RouteStatus> _single = [];

    /// <param name="refused">Why this parent does not accept the route, or null.</param>
    /// <param name="verdict">What the rules are worth.</param>
    /// <param name="generation">Of the route.</param>
    public IReadOnlyList<Condition> Conditions(Finding? refused, RouteVerdict verdict, long generation)
    {
        if (refused is not null || !ReferenceEquals(verdict, RouteVerdict.Fine))
            return Build(refused ?? verdict.Refused, verdict, generation);
        if (_fine.TryGetValue(generation, out var conditions))
            return conditions;
        if (_fine.Count >= Most)
            _fine.Clear();
        conditions = Build(null, verdict, generation);
        _fine.Add(generation, conditions);
        return conditions;
    }

    public RouteStatus Status(List<RouteParentStatus> parents, RouteStatus? previous)
    {
        if (previous is not null && Same(previous.Parents, parents))
            return previous;
        if (parents.Count != 1)
            return new RouteStatus(parents.ToArray());
        var key = (parents[0].ParentRef, parents[0].ControllerName, parents[0].Conditions);
        if (_single.TryGetValue(key, out var status))
            return status;
        if (_single.Count >= Most)
            _single.Clear();
        status = new RouteStatus([parents[0]]);

        // Conditions with findings are lists of their own, which nobody could ask for again.
        if (_fine.ContainsValue(key.Conditions))
            _single.Add(key, status);
        return status;
    }

    private static Condition[] Build(Finding? refused, RouteVerdict verdict, long generation)
    {
        var accepted = refused is null
            ? new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation)
            : new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation);
        var resolved = verdict.Unresolved is null
            ? new Condition(ConditionType.ResolvedRefs, true, Reason.ResolvedRefs, "", generation)
            : new Condition(ConditionType.ResolvedRefs, false, verdict.Unresolved.Reason, verdict.Unresolved.Message, generation);
        return verdict.Partial is null
            ? [accepted, resolved]
            : [accepted, resolved, new Condition(ConditionType.PartiallyInvalid, true, verdict.Partial.Reason, verdict.Partial.Message, generation)];
    }

    private static bool Same(IReadOnlyList<RouteParentStatus> one, List<RouteParentStatus> other)
    {
        if (one.Count != other.Count)
            return false;
        for (var i = 0; i < one.Count; i++)
        {
            if (one[i].ParentRef != other[i].ParentRef
                || one[i].ControllerName != other[i].ControllerName
                || !one[i].Conditions.SequenceEqual(other[i].Conditions))
                return false;
        }
        return true;
    }
}
