namespace Sluice.Resources;

/// <summary>The objects of one kind in a <see cref="ResourceSnapshotBuilder"/>.</summary>
internal abstract class SnapshotPart
{
    public abstract bool IsChanged { get; }

    /// <summary>What has changed since the start; null when that is nothing, or too much to be kept.</summary>
    public abstract DictionaryChange? Change { get; }

    public abstract KubernetesObject? Find(NamespacedName name);

    public abstract void Set(KubernetesObject value);

    public abstract void Remove(NamespacedName name);
}
