using System.Collections.Immutable;

namespace Sluice.Resources;

/// <inheritdoc />
internal sealed class SnapshotPart<T>(ImmutableDictionary<NamespacedName, T> start) : SnapshotPart
    where T : KubernetesObject
{
    private readonly HashSet<NamespacedName> _touched = [];
    private ImmutableDictionary<NamespacedName, T>.Builder? _builder;

    public override bool IsChanged => _builder is not null && _builder.ToImmutable() != start;

    public override DictionaryChange? Change =>
        IsChanged && _touched.Count <= DictionaryChange.MostKeys ? new DictionaryChange(start, ToImmutable(), _touched) : null;

    public override KubernetesObject? Find(NamespacedName name)
    {
        T? value;
        return (_builder is null ? start.TryGetValue(name, out value) : _builder.TryGetValue(name, out value)) ? value : null;
    }

    public override void Set(KubernetesObject value)
    {
        if (ReferenceEquals(Find(value.Key), value))
            return;
        Builder[value.Key] = (T)value;
        Touch(value.Key);
    }

    public override void Remove(NamespacedName name)
    {
        if (Find(name) is null)
            return;
        Builder.Remove(name);
        Touch(name);
    }

    public ImmutableDictionary<NamespacedName, T> ToImmutable() => _builder is null ? start : _builder.ToImmutable();

    private ImmutableDictionary<NamespacedName, T>.Builder Builder => _builder ??= start.ToBuilder();

    private void Touch(NamespacedName name)
    {
        if (_touched.Count <= DictionaryChange.MostKeys)
            _touched.Add(name);
    }
}
