using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Controller.Clustered;

/// <summary>
/// The Services of a cluster with their EndpointSlices, and the DirectResponses. Only those that a route or policy of ours leads to
/// are in the snapshot, so that a change of another costs no translation. Not thread-safe.
/// </summary>
/// <param name="put">Brings an object into the snapshot, or takes it out (null).</param>
internal sealed class BackendBook(Action<string, NamespacedName, KubernetesObject?> put)
{
    private const string EndpointSliceKind = "EndpointSlice";

    private readonly Dictionary<(string Kind, NamespacedName Key), KubernetesObject> _targets = [];
    private readonly Dictionary<NamespacedName, EndpointSlice> _slices = [];
    private readonly Dictionary<NamespacedName, HashSet<NamespacedName>> _slicesOf = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), int> _users = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), KubernetesObject> _owners = [];

    /// <summary>Whether objects of the kind are kept here.</summary>
    public static bool Holds(string kind) => kind is ReferencedBackends.Service or ReferencedBackends.DirectResponse or EndpointSliceKind;

    /// <summary>The object is this one now, or is gone (null).</summary>
    public void Set(string kind, NamespacedName key, KubernetesObject? value)
    {
        if (kind == EndpointSliceKind)
        {
            SetSlice(key, value as EndpointSlice);
            return;
        }
        if (value is null)
            _targets.Remove((kind, key));
        else
            _targets[(kind, key)] = value;
        if (_users.ContainsKey((kind, key)))
            put(kind, key, value);
    }

    /// <summary>A route or policy is in force as it is given, or no longer (null).</summary>
    public void Refer((string Kind, NamespacedName Key) owner, KubernetesObject? value)
    {
        var before = _owners.GetValueOrDefault(owner);
        if (ReferenceEquals(before, value))
            return;
        if (value is null)
            _owners.Remove(owner);
        else
            _owners[owner] = value;
        foreach (var target in ReferencedBackends.Of(value))
            Use(target);
        foreach (var target in ReferencedBackends.Of(before))
            Release(target);
    }

    private void SetSlice(NamespacedName key, EndpointSlice? slice)
    {
        var (before, now) = (ServiceOf(_slices.GetValueOrDefault(key)), ServiceOf(slice));
        if (before is { } old && before != now && _slicesOf[old].Remove(key) && _slicesOf[old].Count == 0)
            _slicesOf.Remove(old);
        if (now is { } service && before != now)
        {
            if (!_slicesOf.TryGetValue(service, out var slices))
                _slicesOf.Add(service, slices = []);
            slices.Add(key);
        }
        if (slice is null)
            _slices.Remove(key);
        else
            _slices[key] = slice;
        if (IsUsed(before) || IsUsed(now))
            put(EndpointSliceKind, key, IsUsed(now) ? slice : null);
    }

    private void Use((string Kind, NamespacedName Key) target)
    {
        var users = _users.GetValueOrDefault(target);
        _users[target] = users + 1;
        if (users == 0)
            Show(target, isUsed: true);
    }

    private void Release((string Kind, NamespacedName Key) target)
    {
        if (--_users[target] > 0)
            return;
        _users.Remove(target);
        Show(target, isUsed: false);
    }

    private void Show((string Kind, NamespacedName Key) target, bool isUsed)
    {
        put(target.Kind, target.Key, isUsed ? _targets.GetValueOrDefault(target) : null);
        if (target.Kind != ReferencedBackends.Service || !_slicesOf.TryGetValue(target.Key, out var slices))
            return;
        foreach (var slice in slices)
            put(EndpointSliceKind, slice, isUsed ? _slices[slice] : null);
    }

    private bool IsUsed(NamespacedName? service) => service is { } key && _users.ContainsKey((ReferencedBackends.Service, key));

    private static NamespacedName? ServiceOf(EndpointSlice? slice) =>
        slice is not null && slice.Metadata.Labels.TryGetValue(EndpointSlice.ServiceNameLabel, out var name) ? new NamespacedName(slice.Metadata.Namespace, name) : null;
}
