using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>
/// Completes the statuses of Gateways and their ListenerSets with the data plane's answers; a status whose inputs stay the same
/// stays the same instance.
/// </summary>
internal sealed class StatusCompleter
{
    private Dictionary<NamespacedName, (GatewayStatus Pending, ApplyOutcome? Outcome, IReadOnlyList<ListenerSetStatus> Sets, GatewayStatus Complete)> _gateways = [];
    private Dictionary<NamespacedName, (ListenerSetStatus Pending, ApplyOutcome? Outcome, ListenerSetStatus Complete)> _sets = [];

    public (IReadOnlyDictionary<NamespacedName, GatewayStatus> Gateways, IReadOnlyDictionary<NamespacedName, ListenerSetStatus> ListenerSets) Complete(
        TranslationResult translation,
        IReadOnlyDictionary<string, PublishedGateway> published)
    {
        var gateways = new Dictionary<NamespacedName, (GatewayStatus, ApplyOutcome?, IReadOnlyList<ListenerSetStatus>, GatewayStatus)>();
        var sets = new Dictionary<NamespacedName, (ListenerSetStatus, ApplyOutcome?, ListenerSetStatus)>();
        var gatewayStatuses = new Dictionary<NamespacedName, GatewayStatus>();
        var setStatuses = new Dictionary<NamespacedName, ListenerSetStatus>();
        foreach (var (key, pending) in translation.Gateways)
        {
            var outcome = published.GetValueOrDefault(key.ToString())?.Outcome;
            var attached = new List<ListenerSetStatus>();
            foreach (var set in translation.ListenerSetsOf.GetValueOrDefault(key, []))
            {
                var status = Complete(set, translation.ListenerSets[set], outcome);
                sets.Add(set, (translation.ListenerSets[set], outcome, status));
                setStatuses.Add(set, status);
                attached.Add(status);
            }
            var complete = Complete(key, pending, outcome, attached);
            gateways.Add(key, (pending, outcome, attached, complete));
            gatewayStatuses.Add(key, complete);
        }
        _gateways = gateways;
        _sets = sets;
        return (gatewayStatuses, setStatuses);
    }

    private ListenerSetStatus Complete(NamespacedName key, ListenerSetStatus pending, ApplyOutcome? outcome)
    {
        if (_sets.TryGetValue(key, out var before) && ReferenceEquals(before.Pending, pending) && ReferenceEquals(before.Outcome, outcome))
            return before.Complete;
        return outcome is null ? pending : GatewayProgramming.Complete(key, pending, outcome);
    }

    private GatewayStatus Complete(NamespacedName key, GatewayStatus pending, ApplyOutcome? outcome, List<ListenerSetStatus> sets)
    {
        if (_gateways.TryGetValue(key, out var before)
            && ReferenceEquals(before.Pending, pending)
            && ReferenceEquals(before.Outcome, outcome)
            && before.Sets.SequenceEqual(sets, ReferenceEqualityComparer.Instance))
            return before.Complete;
        return outcome is null ? pending : GatewayProgramming.Complete(pending, outcome, sets);
    }
}
