namespace Sluice.Resources;

/// <summary>The part of metadata that Sluice uses.</summary>
public sealed record ObjectMeta
{
    public required string Name { get; init; }

    /// <summary>"default" when a namespaced object does not say; "" for cluster-scoped kinds.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>metadata.uid of an object in a cluster; "" for objects from files.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Set by the source: counts changes of the spec, from 1.</summary>
    public long Generation { get; init; } = 1;

    public DateTimeOffset? CreationTimestamp { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap;

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap;

    public static IReadOnlyDictionary<string, string> EmptyMap { get; } = new Dictionary<string, string>();
}
