namespace Sluice.Resources.Kgateway;

/// <summary>extraLabels and extraAnnotations.</summary>
public sealed record ExtraMetadata(IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    public static ExtraMetadata None { get; } = new(ObjectMeta.EmptyMap, ObjectMeta.EmptyMap);

    /// <summary>Two maps as one; where both have a name, the first holds.</summary>
    public static IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> map, IReadOnlyDictionary<string, string> below)
    {
        if (map.Count == 0)
            return below;
        var merged = new Dictionary<string, string>(below, StringComparer.Ordinal);
        foreach (var (name, value) in map)
            merged[name] = value;
        return merged;
    }

    internal ExtraMetadata Over(ExtraMetadata below) => new(Over(Labels, below.Labels), Over(Annotations, below.Annotations));
}
