using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>The statuses of one Gateway and its ListenerSets, from one answer of the data plane to the next.</summary>
internal sealed class GatewayCompletion(NamespacedName gateway)
{
    private readonly Dictionary<NamespacedName, (ListenerSetStatus Pending, ListenerSetStatus Complete)> _sets = [];
    private readonly List<KeyValuePair<NamespacedName, ListenerSetStatus>> _changedSets = [];
    private IReadOnlyList<NamespacedName> _order = [];
    private GatewayStatus? _pending;
    private ApplyOutcome? _outcome;
    private bool _isDeciding;

    public GatewayStatus Status { get; private set; } = null!;

    /// <summary>Of the last update.</summary>
    public IReadOnlyList<KeyValuePair<NamespacedName, ListenerSetStatus>> ChangedSets => _changedSets;

    /// <param name="pending">The Gateway's own.</param>
    /// <param name="translation">Has those of its sets.</param>
    /// <param name="changedSets">The sets, of whatever Gateway, whose status is another than at the last update; null: any may be.</param>
    /// <param name="outcome">The data plane's answer; null when there is none yet.</param>
    public void Update(GatewayStatus pending, TranslationResult translation, IReadOnlyCollection<NamespacedName>? changedSets, ApplyOutcome? outcome)
    {
        var order = translation.ListenerSetsOf.GetValueOrDefault(gateway, []);

        // Routes change all the time: until the data plane has said something to that, what it said before holds. A Gateway or
        // set that has itself changed is Pending until then.
        var isDeciding = outcome is { IsDeciding: true } && _outcome is { IsPending: false } && IsOfSameGeneration(pending.Conditions, _pending!.Conditions);
        if (isDeciding)
            outcome = _outcome;
        var isAnswered = ReferenceEquals(outcome, _outcome) && (isDeciding || !_isDeciding);
        _isDeciding = isDeciding;
        UpdateSets(order, translation.ListenerSets, changedSets, outcome, isAnswered);
        if (isAnswered && ReferenceEquals(pending, _pending) && ReferenceEquals(order, _order) && _changedSets.Count == 0)
            return;
        Status = outcome is null ? pending : GatewayProgramming.Complete(pending, outcome, [.. order.Select(set => _sets[set].Complete)]);
        (_pending, _outcome, _order) = (pending, outcome, order);
    }

    private void UpdateSets(
        IReadOnlyList<NamespacedName> order,
        IReadOnlyDictionary<NamespacedName, ListenerSetStatus> pending,
        IReadOnlyCollection<NamespacedName>? changed,
        ApplyOutcome? outcome,
        bool isAnswered)
    {
        _changedSets.Clear();
        var due = isAnswered && changed is not null && ReferenceEquals(order, _order) ? changed.Where(_sets.ContainsKey) : order;
        if (!ReferenceEquals(order, _order))
        {
            foreach (var gone in _sets.Keys.Except(order).ToArray())
                _sets.Remove(gone);
        }
        foreach (var set in due)
        {
            var current = pending[set];
            if (isAnswered && _sets.TryGetValue(set, out var before) && ReferenceEquals(before.Pending, current))
                continue;
            var said = _isDeciding && !(_sets.TryGetValue(set, out var known) && IsOfSameGeneration(current.Conditions, known.Pending.Conditions)) ? ApplyOutcome.Deciding : outcome;
            var complete = said is null ? current : GatewayProgramming.Complete(set, current, said);
            _sets[set] = (current, complete);
            _changedSets.Add(new(set, complete));
        }
    }

    private static bool IsOfSameGeneration(IReadOnlyList<Condition> one, IReadOnlyList<Condition> other) =>
        one.Count > 0 && other.Count > 0 && one[0].ObservedGeneration == other[0].ObservedGeneration;
}
