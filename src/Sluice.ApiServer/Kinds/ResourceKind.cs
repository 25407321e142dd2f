using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Kinds;

/// <summary>A kind that is served.</summary>
/// <param name="definition">Its names, versions and schema.</param>
public sealed class ResourceKind(KindSchema definition)
{
    private readonly ResourceKind? _storage;

    public KindSchema Definition { get; } = definition;

    /// <summary>"" for the core group.</summary>
    public string Group => Definition.Group;

    /// <summary>Served versions; all have the same fields. The preferred one first.</summary>
    public IReadOnlyList<string> Versions { get; } = [.. definition.Versions.Where(version => version.IsServed).Select(version => version.Name)];

    /// <summary>As in manifests.</summary>
    public string Kind => Definition.Kind;

    /// <summary>As in URLs.</summary>
    public string Plural => Definition.Plural;

    public string Singular => Definition.Singular;

    public IReadOnlyList<string> ShortNames => Definition.ShortNames;

    public IReadOnlyList<string> Categories => Definition.Categories;

    public bool IsNamespaced => Definition.Namespaced;

    /// <summary>Has a /status of its own, which the object's main path leaves alone.</summary>
    public bool HasStatus => Definition.HasStatus;

    /// <summary>Comes from a CRD where there is a cluster, so that clients patch it without strategic merges.</summary>
    public bool IsCustom => Definition.IsCustom;

    /// <summary>Only answers what is posted to it; nothing is kept.</summary>
    public bool IsReviewOnly => Definition.IsReview;

    /// <summary>The kind that keeps the objects: another one when this is a second view of them.</summary>
    public ResourceKind Storage
    {
        get => _storage ?? this;
        init => _storage = value;
    }

    /// <summary>Counts the changes of its spec in metadata.generation.</summary>
    public bool HasGeneration => IsCustom || Group is "apps" or "policy" or "discovery.k8s.io" or "apiextensions.k8s.io";

    /// <summary>What its objects look like.</summary>
    public SchemaNode Schema => Definition.Root;

    public string ListKind => Kind + "List";

    public string StorageVersion { get; } = definition.StoredVersion.Name;

    /// <summary>"httproutes.gateway.networking.k8s.io", "services": how messages name the resource.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>"HTTPRoute.gateway.networking.k8s.io", "Service".</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>"v1", "gateway.networking.k8s.io/v1".</summary>
    public string ApiVersion(string version) => Definition.ApiVersion(version);

    /// <summary>What clients are told that use this version; null when there is nothing to tell.</summary>
    public string? Warning(string version) => Definition.Versions.FirstOrDefault(one => one.Name == version)?.DeprecationWarning;

    public override string ToString() => QualifiedKind;
}
