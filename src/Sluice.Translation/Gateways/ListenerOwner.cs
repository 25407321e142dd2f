using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>A claimed Gateway or one of its ListenerSets with its listeners: what routes attach to.</summary>
internal sealed class ListenerOwner(GatewayState gateway, ParentKey key)
{
    private ListenerSlot[] _slots = [];
    private bool _changed;

    public GatewayState Gateway { get; } = gateway;

    public ParentKey Key { get; } = key;

    /// <summary>The Gateway or the ListenerSet.</summary>
    public KubernetesObject Source { get; private set; } = null!;

    /// <summary>In the order of the object.</summary>
    public IReadOnlyList<ListenerSlot> Slots => _slots;

    /// <summary>Of a ListenerSet: why it is not accepted as a whole, or null.</summary>
    public Finding? Refused { get; private set; }

    /// <summary>Of the object as a whole.</summary>
    public IReadOnlyList<Remark> Remarks { get; private set; } = [];

    /// <summary>Of a ListenerSet, as it was published last.</summary>
    public ListenerSetStatus? Status { get; private set; }

    /// <summary>Something that the status shows may have changed since it was built.</summary>
    public bool IsStale { get; set; } = true;

    public DateTimeOffset? ChangesAt { get; private set; }

    public ListenerEvaluation? Evaluation(string section) => Find(section)?.Alone;

    /// <summary>Takes over what the listeners are by themselves. <see cref="Decide"/> must follow.</summary>
    /// <param name="source">The Gateway or the ListenerSet.</param>
    /// <param name="refused">Why a ListenerSet is not accepted as a whole; or null.</param>
    /// <param name="listeners">In the order of the object.</param>
    /// <param name="remarks">Of the object as a whole.</param>
    public void Update(KubernetesObject source, Finding? refused, IReadOnlyList<ListenerEvaluation> listeners, IReadOnlyList<Remark> remarks)
    {
        var slots = new ListenerSlot[listeners.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            var section = listeners[i].Spec.Name;
            slots[i] = Find(section) ?? new ListenerSlot(this, Key.IsSet ? $"{Key.Name}/{section}" : section) { Alone = listeners[i] };
            slots[i].Alone = listeners[i];
        }
        _changed |= slots.Length != _slots.Length || !slots.SequenceEqual(_slots, ReferenceEqualityComparer.Instance);
        _slots = slots;
        Source = source;
        Refused = refused;
        Remarks = remarks;
        ChangesAt = null;
        foreach (var listener in listeners)
            ChangesAt = CertificateJudge.Earlier(ChangesAt, listener.ChangesAt);
        IsStale = true;
        Gateway.IsStale = true;
    }

    /// <summary>Whether the listeners ask for the same places as those that <see cref="Update"/> took over last.</summary>
    public bool ClaimsSame(IReadOnlyList<ListenerEvaluation> listeners)
    {
        if (listeners.Count != _slots.Length)
            return false;
        for (var i = 0; i < _slots.Length; i++)
        {
            var (before, now) = (_slots[i].Alone, listeners[i]);
            if (!ReferenceEquals(before.Spec, now.Spec) || before.Protocol != now.Protocol || !PortClaim.Agree(before.ProxyProtocol, now.ProxyProtocol))
                return false;
        }
        return true;
    }

    /// <summary>Decides on every listener with the conflicts as they were.</summary>
    public bool DecideAgain() => Decide([.. _slots.Select(slot => slot.Evaluation.Conflict)]);

    /// <summary>Decides on every listener. True when other routes may attach than before.</summary>
    public bool Decide(IReadOnlyList<Finding?> conflicts)
    {
        var changed = _changed;
        for (var i = 0; i < _slots.Length; i++)
        {
            var before = _slots[i].Evaluation;
            changed |= _slots[i].Decide(conflicts[i]);
            if (!ReferenceEquals(before, _slots[i].Evaluation))
            {
                IsStale = true;
                Gateway.IsStale = true;
            }
        }
        _changed = false;
        return changed;
    }

    public void Commit()
    {
        foreach (var slot in _slots)
            slot.Table?.Commit();
    }

    public void Publish(List<Listener> listeners, int trustedHops)
    {
        foreach (var slot in _slots)
        {
            if (slot.Publish(trustedHops) is { } listener)
                listeners.Add(listener);
        }
    }

    /// <summary>Builds the status of a ListenerSet anew when something of it may have changed.</summary>
    public void UpdateStatus()
    {
        if (!IsStale && Status is not null && HasSameRoutes(Status))
            return;
        var status = ListenerSetStatusBuilder.Build(this);
        if (Status is null || !ListenerSetStatusBuilder.Same(Status, status))
            Status = status;
        IsStale = false;
    }

    /// <summary>Most of thousands have none, and need not be asked.</summary>
    public bool HasNotices => Remarks.Count > 0 || Array.Exists(_slots, slot => slot.Evaluation.Remarks.Count > 0);

    public IEnumerable<Notice> Notices()
    {
        foreach (var remark in Remarks)
            yield return Notice(remark.Message, remark);
        for (var i = 0; i < _slots.Length; i++)
        {
            foreach (var remark in _slots[i].Evaluation.Remarks)
                yield return Notice($"spec.listeners[{i}].{remark.Message}", remark);
        }
    }

    private bool HasSameRoutes(ListenerSetStatus status)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].AttachedRoutes != status.Listeners[i].AttachedRoutes)
                return false;
        }
        return true;
    }

    private Notice Notice(string message, Remark remark) => new($"{Source.Kind} {Source.Key}", Source.Source, message, remark.IsWarning);

    private ListenerSlot? Find(string section)
    {
        foreach (var slot in _slots)
        {
            if (slot.Alone.Spec.Name == section)
                return slot;
        }
        return null;
    }
}
