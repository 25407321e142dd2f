namespace Sluice.Exporter.Families;

/// <summary>A kind whose objects are shown as metrics.</summary>
public sealed class StateKind
{
    internal StateKind(string prefix, params IReadOnlyList<MetricFamily> families)
    {
        Prefix = prefix;
        Families = families;
        foreach (var family in families)
            family.Attach(this);
    }

    public required string Group { get; init; }

    /// <summary>As in manifests: "HTTPRoute".</summary>
    public required string Kind { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string Plural { get; init; }

    /// <summary>False for kinds of the whole cluster.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>
    /// What the label customresource_version says, whatever version the objects are read in: the series of an object stay the same
    /// when its kind is served in a newer version.
    /// </summary>
    public required string VersionLabel { get; init; }

    /// <summary>Labels of every family of the kind, beside its identity.</summary>
    public IReadOnlyList<FamilyLabel> MoreLabels { get; init; } = [];

    /// <summary>What the names of all its families begin with, without "_".</summary>
    public string Prefix { get; }

    public IReadOnlyList<MetricFamily> Families { get; }

    /// <summary>On every sample: which object it speaks of.</summary>
    internal IEnumerable<FamilyLabel> IdentityLabels => IsNamespaced
        ? [new("name", "metadata.name"), new("namespace", "metadata.namespace"), .. MoreLabels]
        : [new("name", "metadata.name"), .. MoreLabels];

    /// <summary>On every sample, the same for all objects.</summary>
    internal IEnumerable<KeyValuePair<string, string>> ConstantLabels =>
    [
        new("customresource_group", Group),
        new("customresource_kind", Kind),
        new("customresource_version", VersionLabel),
    ];

    public override string ToString() => $"{Plural}.{Group}";
}
