using Sluice.Translation.Gateways;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Hosts;

/// <summary>
/// What one listener serves by hostname, sorted by it, with the routes that make each host up. Changes are collected and
/// merged in one pass: the cost is a copy of two arrays of references plus work for the hosts that changed.
/// </summary>
/// <typeparam name="TMemo">A route of a kind that attaches to the listener.</typeparam>
/// <typeparam name="THost">What the configuration says of one hostname.</typeparam>
internal abstract class HostTable<TMemo, THost>(ListenerOwner owner, string name) : ListenerTable(owner, name)
    where TMemo : class, IRouteMemo
    where THost : class
{
    private readonly List<(string Hostname, TMemo Memo, bool Added)> _changes = [];
    private THost[] _hosts = [];
    private TMemo[][] _owners = [];

    public IReadOnlyList<THost> Hosts => _hosts;

    public void Add(string hostname, TMemo memo) => Note(hostname, memo, added: true);

    public void Remove(string hostname, TMemo memo) => Note(hostname, memo, added: false);

    public override void Commit()
    {
        if (_changes.Count == 0)
            return;
        _changes.Sort((one, other) => string.CompareOrdinal(one.Hostname, other.Hostname));
        var hosts = new List<THost>(_hosts.Length + _changes.Count);
        var owners = new List<TMemo[]>(hosts.Capacity);
        var differs = false;
        var next = 0;
        for (var i = 0; i < _changes.Count;)
        {
            var hostname = _changes[i].Hostname;
            var first = i;
            while (i < _changes.Count && _changes[i].Hostname == hostname)
                i++;
            KeepUntil(Place(hostname, next));
            var known = next < _hosts.Length && HostnameOf(_hosts[next]) == hostname;
            var merged = MergeOwners(known ? _owners[next] : [], first, i);
            var old = known ? _hosts[next] : null;
            if (known)
                next++;
            if (merged.Length == 0)
            {
                differs |= known;
                continue;
            }
            var host = Build(hostname, merged, old);
            hosts.Add(host);
            owners.Add(merged);
            differs |= !ReferenceEquals(host, old);
        }
        KeepUntil(_hosts.Length);
        _changes.Clear();
        _changes.TrimExcess();
        _owners = [.. owners];
        if (differs)
            _hosts = [.. hosts];

        void KeepUntil(int end)
        {
            hosts.AddRange(_hosts.AsSpan(next, end - next));
            owners.AddRange(_owners.AsSpan(next, end - next));
            next = end;
        }
    }

    /// <param name="hostname">Lower case; "*" for every host.</param>
    /// <param name="owners">At least one, the elder before the younger.</param>
    /// <param name="old">What was built for the hostname before, to be given back when nothing about it changed.</param>
    protected abstract THost Build(string hostname, TMemo[] owners, THost? old);

    protected abstract string HostnameOf(THost host);

    /// <summary>Where the hostname is, or would be, from a place on.</summary>
    private int Place(string hostname, int low)
    {
        var high = _hosts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(HostnameOf(_hosts[middle]), hostname) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void Note(string hostname, TMemo memo, bool added)
    {
        _changes.Add((hostname, memo, added));
        Touch();
    }

    private TMemo[] MergeOwners(TMemo[] old, int first, int end)
    {
        if (old.Length == 0 && end - first == 1)
            return _changes[first].Added ? [_changes[first].Memo] : [];
        var set = new HashSet<TMemo>(old, ReferenceEqualityComparer.Instance);
        for (var i = first; i < end; i++)
        {
            if (!_changes[i].Added)
                set.Remove(_changes[i].Memo);
        }
        for (var i = first; i < end; i++)
        {
            if (_changes[i].Added)
                set.Add(_changes[i].Memo);
        }
        TMemo[] merged = [.. set];
        Array.Sort(merged, (one, other) => RouteOrder.Compare(one.Route, other.Route));
        return merged;
    }
}
