namespace Sluice.Resources.Core;

public sealed record ConfigMap : KubernetesObject
{
    public override string Kind => "ConfigMap";

    public IReadOnlyDictionary<string, string> Data { get; init; } = ObjectMeta.EmptyMap;
}
