namespace Sluice.Resources;

/// <summary>The objects of one kind in a <see cref="ResourceSnapshotBuilder"/>.</summary>
internal abstract class SnapshotPart
{
    public abstract bool IsChanged { get; }

    public abstract KubernetesObject? Find(NamespacedName name);

    public abstract void Set(KubernetesObject value);

    public abstract void Remove(NamespacedName name);
}
