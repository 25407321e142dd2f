using Sluice.Configuration;
using Sluice.Translation.Policies.Listeners;

namespace Sluice.Translation.Gateways;

/// <summary>
/// The listeners of one Gateway and its ListenerSets as the data plane gets them, in order of precedence. There may be thousands, of
/// which one changes at a time: it is then put in its place in a copy of the list, and the others are not looked at.
/// </summary>
internal sealed class PublishedListeners(ListenerPolicies policies)
{
    private readonly List<ListenerSlot> _replaced = [];
    private Listener[] _current = [];
    private bool _isReordered = true;

    /// <summary>The same instance until something of it changes.</summary>
    public IReadOnlyList<Listener> Current => _current;

    /// <summary>Listeners have come, gone or changed their places: the next update walks through all.</summary>
    public void Reorder() => _isReordered = true;

    /// <summary>Publishes the listeners of an owner that was touched. <see cref="Update"/> must follow.</summary>
    public void Publish(ListenerOwner owner, int trustedHops)
    {
        foreach (var slot in owner.Slots)
        {
            var before = slot.Published;
            var now = slot.Publish(trustedHops, policies);
            if ((before is null) != (now is null))
                _isReordered = true;
            else if (!ReferenceEquals(before, now))
                _replaced.Add(slot);
        }
    }

    /// <param name="owners">The Gateway, then its ListenerSets in order of precedence.</param>
    public void Update(IEnumerable<ListenerOwner> owners)
    {
        if (_isReordered)
            Collect(owners);
        else if (_replaced.Count > 0)
            Replace();
        _isReordered = false;
        _replaced.Clear();
    }

    private void Collect(IEnumerable<ListenerOwner> owners)
    {
        var listeners = new List<Listener>(_current.Length + 1);
        foreach (var owner in owners)
        {
            foreach (var slot in owner.Slots)
            {
                if (slot.Published is not { } listener)
                    continue;
                slot.Position = listeners.Count;
                listeners.Add(listener);
            }
        }
        if (!listeners.SequenceEqual(_current, ReferenceEqualityComparer.Instance))
            _current = [.. listeners];
    }

    private void Replace()
    {
        var copy = (Listener[])_current.Clone();
        foreach (var slot in _replaced)
            copy[slot.Position] = slot.Published!;
        _current = copy;
    }
}
