using Sluice.Resources;

namespace Sluice.Kubernetes.Watching;

/// <summary>
/// Takes what a <see cref="WatchCache{T}"/> finds, one call at a time. An instance that was given stays in force until it is
/// replaced or removed: what did not change is not told again. Must not throw, and should return soon.
/// </summary>
public interface IWatchSink<T>
    where T : class
{
    /// <summary>The objects were listed: these are the differences to what is in force, all at once. The first time: all there is, perhaps nothing.</summary>
    void Relisted(WatchDiff<T> diff);

    /// <summary>The object is new, or changed.</summary>
    void Set(NamespacedName name, T value);

    /// <summary>The object is gone, or of no use any more.</summary>
    void Remove(NamespacedName name);
}
