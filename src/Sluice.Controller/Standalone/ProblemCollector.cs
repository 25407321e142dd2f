using Sluice.Controller.Publishing;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Standalone;

/// <summary>All problems of a state: findings in manifests, notices, and conditions that are not True.</summary>
internal sealed class ProblemCollector
{
    private readonly Dictionary<string, (IReadOnlyDictionary<NamespacedName, RouteStatus> Statuses, List<Problem> Problems)> _ofRoutes = [];
    private readonly Dictionary<string, (IReadOnlyDictionary<NamespacedName, PolicyStatus> Statuses, List<Problem> Problems)> _ofPolicies = [];
    private (IReadOnlyDictionary<NamespacedName, ListenerSetStatus>? Statuses, List<Problem> Problems) _ofListenerSets;

    public IEnumerable<Problem> Of(ControllerState state)
    {
        foreach (var finding in state.Update.Diagnostics)
            yield return Of(finding);
        foreach (var notice in state.Translation.Notices.Concat(state.Warnings))
            yield return new Problem(notice.Subject, notice.Message, $"{Place(notice.Source)}{(notice.IsWarning ? "warning" : "info")}: {notice.Subject}: {notice.Message}");
        foreach (var (key, status) in state.Gateways)
        {
            var gateway = state.Snapshot.Gateways[key];
            foreach (var problem in Of(gateway, "", status.Conditions))
                yield return problem;
            foreach (var listener in status.Listeners)
            {
                foreach (var problem in Of(gateway, $", listener {listener.Name}", listener.Conditions))
                    yield return problem;
            }
        }
        foreach (var (kind, statuses) in state.Translation.PoliciesByKind)
        {
            foreach (var problem in OfPolicies(state, kind, statuses))
                yield return problem;
        }
        foreach (var (kind, statuses) in state.Translation.ObjectsByKind)
        {
            foreach (var (key, status) in statuses)
            {
                foreach (var problem in Of(PolicyObjects.Find(state.Snapshot, kind, key), "", status.Conditions))
                    yield return problem;
            }
        }
        foreach (var problem in OfListenerSets(state))
            yield return problem;
        foreach (var (kind, statuses) in state.Translation.RoutesByKind)
        {
            foreach (var problem in OfRoutes(state, kind, statuses))
                yield return problem;
        }
    }

    private List<Problem> OfListenerSets(ControllerState state)
    {
        if (ReferenceEquals(_ofListenerSets.Statuses, state.ListenerSets))
            return _ofListenerSets.Problems;
        var problems = new List<Problem>();
        foreach (var (key, status) in state.ListenerSets)
        {
            if (HasProblem(status.Conditions))
                problems.AddRange(Of(state.Snapshot.ListenerSets[key], "", status.Conditions));
            foreach (var listener in status.Listeners)
            {
                if (HasProblem(listener.Conditions))
                    problems.AddRange(Of(state.Snapshot.ListenerSets[key], $", listener {listener.Name}", listener.Conditions));
            }
        }
        _ofListenerSets = (state.ListenerSets, problems);
        return problems;
    }

    /// <summary>There may be tens of thousands: looked through only when one of them has changed.</summary>
    private List<Problem> OfRoutes(ControllerState state, string kind, IReadOnlyDictionary<NamespacedName, RouteStatus> statuses)
    {
        if (_ofRoutes.TryGetValue(kind, out var known) && ReferenceEquals(known.Statuses, statuses))
            return known.Problems;
        var problems = new List<Problem>();
        foreach (var (key, status) in statuses)
        {
            foreach (var parent in status.Parents)
            {
                if (HasProblem(parent.Conditions))
                    problems.AddRange(Of(state.Snapshot.FindRoute(kind, key)!, "", parent.Conditions));
            }
        }
        _ofRoutes[kind] = (statuses, problems);
        return problems;
    }

    /// <summary>There may be thousands: looked through only when one of them has changed.</summary>
    private List<Problem> OfPolicies(ControllerState state, string kind, IReadOnlyDictionary<NamespacedName, PolicyStatus> statuses)
    {
        if (_ofPolicies.TryGetValue(kind, out var known) && ReferenceEquals(known.Statuses, statuses))
            return known.Problems;
        var problems = new List<Problem>();
        foreach (var (key, status) in statuses)
        {
            // What is wrong with a policy itself is the same for every Gateway.
            var said = new HashSet<Condition>();
            foreach (var ancestor in status.Ancestors)
            {
                if (HasProblem(ancestor.Conditions))
                    problems.AddRange(Of(PolicyObjects.Find(state.Snapshot, kind, key), "", [.. ancestor.Conditions.Where(said.Add)]));
            }
        }
        _ofPolicies[kind] = (statuses, problems);
        return problems;
    }

    private static bool HasProblem(IReadOnlyList<Condition> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (IsProblem(conditions[i]))
                return true;
        }
        return false;
    }

    private static Problem Of(ManifestDiagnostic finding) => new(finding.File, $"{finding.Kind} {finding.Object} {finding.Field} {finding.Message}", finding.ToString());

    private static IEnumerable<Problem> Of(KubernetesObject value, string part, IReadOnlyList<Condition> conditions)
    {
        foreach (var condition in conditions)
        {
            if (!IsProblem(condition))
                continue;
            var subject = $"{value.Kind} {value.Key}{part}";
            var text = $"{condition.Type}={(condition.Status ? "True" : "False")} ({condition.Reason}){(condition.Message.Length == 0 ? "" : ": ")}{condition.Message}";
            yield return new Problem(subject, text, $"{Place(value.Source)}warning: {subject}: {text}{Hint(condition)}");
        }
    }

    /// <summary>Some conditions are good when they are False.</summary>
    private static bool IsProblem(Condition condition) => condition.Status == condition.Type is "Conflicted" or "PartiallyInvalid" or "InsecureFrontendValidationMode";

    private static string Hint(Condition condition) => condition is { Type: "Accepted", Reason: "PortUnavailable" }
        ? ". Free the port, or serve on other ports with --port-offset 8000; it is tried again with the next change."
        : "";

    private static string Place(SourceLocation? source) => source is null ? "" : $"{source}: ";
}
