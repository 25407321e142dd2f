using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Translation.Clusters;

/// <summary>EndpointSlices by the Service that they belong to. Kept from snapshot to snapshot, updated by what changed.</summary>
internal sealed class SliceIndex
{
    private readonly Dictionary<NamespacedName, EndpointSlice[]> _byService = [];

    /// <summary>In ascending order of names, so that endpoints keep their order whatever the source's.</summary>
    public IReadOnlyList<EndpointSlice> Of(NamespacedName service) => _byService.TryGetValue(service, out var slices) ? slices : [];

    /// <summary>Adds the Services whose slices changed to <paramref name="touched"/>.</summary>
    public void Update(
        ImmutableDictionary<NamespacedName, EndpointSlice> before,
        ImmutableDictionary<NamespacedName, EndpointSlice> after,
        IReadOnlySet<NamespacedName> changed,
        HashSet<NamespacedName> touched)
    {
        foreach (var key in changed)
        {
            if (before.TryGetValue(key, out var old) && ServiceOf(old) is { } oldService)
            {
                Remove(oldService, old);
                touched.Add(oldService);
            }
        }
        foreach (var key in changed)
        {
            if (after.TryGetValue(key, out var slice) && ServiceOf(slice) is { } service)
            {
                Add(service, slice);
                touched.Add(service);
            }
        }
    }

    private static NamespacedName? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(EndpointSlice.ServiceNameLabel, out var name)
            ? new NamespacedName(slice.Metadata.Namespace, name)
            : null;

    private void Add(NamespacedName service, EndpointSlice slice)
    {
        if (!_byService.TryGetValue(service, out var slices))
        {
            _byService.Add(service, [slice]);
            return;
        }
        EndpointSlice[] more = [.. slices, slice];
        Array.Sort(more, (one, other) => string.CompareOrdinal(one.Metadata.Name, other.Metadata.Name));
        _byService[service] = more;
    }

    private void Remove(NamespacedName service, EndpointSlice slice)
    {
        if (!_byService.TryGetValue(service, out var slices))
            return;
        EndpointSlice[] rest = [.. slices.Where(other => !ReferenceEquals(other, slice))];
        if (rest.Length == 0)
            _byService.Remove(service);
        else
            _byService[service] = rest;
    }
}
