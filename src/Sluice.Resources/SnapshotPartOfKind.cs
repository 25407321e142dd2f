using System.Collections.Immutable;

namespace Sluice.Resources;

/// <inheritdoc />
internal sealed class SnapshotPart<T>(ImmutableDictionary<NamespacedName, T> start) : SnapshotPart
    where T : KubernetesObject
{
    private ImmutableDictionary<NamespacedName, T>.Builder? _builder;

    public override bool IsChanged => _builder is not null && _builder.ToImmutable() != start;

    public override KubernetesObject? Find(NamespacedName name)
    {
        T? value;
        return (_builder is null ? start.TryGetValue(name, out value) : _builder.TryGetValue(name, out value)) ? value : null;
    }

    public override void Set(KubernetesObject value)
    {
        if (!ReferenceEquals(Find(value.Key), value))
            Builder[value.Key] = (T)value;
    }

    public override void Remove(NamespacedName name)
    {
        if (Find(name) is not null)
            Builder.Remove(name);
    }

    public ImmutableDictionary<NamespacedName, T> ToImmutable() => _builder is null ? start : _builder.ToImmutable();

    private ImmutableDictionary<NamespacedName, T>.Builder Builder => _builder ??= start.ToBuilder();
}
