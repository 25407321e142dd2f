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

    /// <summary>Something that the configuration or the status shows may have changed since they were published.</summary>
    public bool IsStale { get; private set; }

    /// <summary>It is no longer one of its Gateway's.</summary>
    public bool IsDropped { get; set; }

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
        if (!slots.AsSpan().SequenceEqual(_slots))
        {
            _changed = true;
            Gateway.ReorderListeners();
        }
        _slots = slots;
        Source = source;
        Refused = refused;
        Remarks = remarks;
        ChangesAt = null;
        foreach (var listener in listeners)
            ChangesAt = CertificateJudge.Earlier(ChangesAt, listener.ChangesAt);
        Touch();
    }

    /// <summary>Says that something of it has changed or may have: what is not touched is not looked at when the Gateway is published.</summary>
    public void Touch()
    {
        if (IsStale)
            return;
        IsStale = true;
        Gateway.Touch(this);
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
                Touch();
        }
        _changed = false;
        return changed;
    }

    public void Commit()
    {
        foreach (var slot in _slots)
            slot.Table?.Commit();
    }

    /// <summary>Ends being touched; of a ListenerSet the status is built anew. True when it is another than before.</summary>
    public bool Settle()
    {
        IsStale = false;
        if (!Key.IsSet)
            return false;
        var status = ListenerSetStatusBuilder.Build(this);
        if (Status is not null && ListenerSetStatusBuilder.Same(Status, status))
            return false;
        Status = status;
        return true;
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
