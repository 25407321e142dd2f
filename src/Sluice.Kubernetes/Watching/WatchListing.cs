using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Kubernetes.Watching;

/// <summary>A list that is under way.</summary>
internal sealed class WatchListing<T>(WatchStore<T> store) : IListReceiver
    where T : class
{
    private readonly Dictionary<NamespacedName, WatchedObject<T>> _objects = [];
    private readonly List<NamespacedName> _order = [];

    public void Restart()
    {
        _objects.Clear();
        _order.Clear();
    }

    public void Add(ReadOnlyMemory<byte> json)
    {
        var (name, value) = store.Read(json);
        if (!_objects.ContainsKey(name))
            _order.Add(name);
        _objects[name] = value;
    }

    /// <summary>The list is whole: it is in force, and the sink is told the differences.</summary>
    public void Complete() => store.Replace(_objects, _order);
}
