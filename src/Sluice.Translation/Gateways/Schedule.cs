namespace Sluice.Translation.Gateways;

/// <summary>When Gateways and ListenerSets are to be judged again by time alone, because a certificate begins or ends to be valid.</summary>
internal sealed class Schedule
{
    private readonly Dictionary<ParentKey, DateTimeOffset> _times = [];
    private readonly PriorityQueue<ParentKey, DateTimeOffset> _queue = new(); // also with times that no longer hold

    /// <summary>Null when nothing is to come.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            while (_queue.TryPeek(out var owner, out var time))
            {
                if (Holds(owner, time))
                    return time;
                _queue.Dequeue();
            }
            return null;
        }
    }

    /// <param name="owner">What is to be judged.</param>
    /// <param name="time">Takes the place of an earlier one; null for never.</param>
    public void Set(ParentKey owner, DateTimeOffset? time)
    {
        if (time is not { } next)
        {
            _times.Remove(owner);
            return;
        }
        if (_times.TryGetValue(owner, out var known) && known == next)
            return;
        _times[owner] = next;
        _queue.Enqueue(owner, next);
        if (_queue.Count > 2 * _times.Count)
            Tidy();
    }

    /// <summary>Adds what is due, and forgets it until it is set again.</summary>
    public void TakeDue(DateTimeOffset now, HashSet<ParentKey> due)
    {
        while (Next <= now)
        {
            var owner = _queue.Dequeue();
            _times.Remove(owner);
            due.Add(owner);
        }
    }

    private bool Holds(ParentKey owner, DateTimeOffset time) => _times.TryGetValue(owner, out var current) && current == time;

    private void Tidy()
    {
        _queue.Clear();
        foreach (var (owner, time) in _times)
            _queue.Enqueue(owner, time);
    }
}
