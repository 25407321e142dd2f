using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Kinds;

/// <summary>A kind that is served: its names, its versions, and what is special about it.</summary>
/// <param name="group">API group, "" for the core group.</param>
/// <param name="versions">Served versions that hold the same, the one that is stored first.</param>
/// <param name="kind">As in manifests.</param>
/// <param name="plural">As in URLs.</param>
public sealed class ResourceKind(string group, IReadOnlyList<string> versions, string kind, string plural)
{
    private readonly ResourceKind? _storage;

    public string Group { get; } = group;

    public IReadOnlyList<string> Versions { get; } = versions;

    public string Kind { get; } = kind;

    public string Plural { get; } = plural;

    public string Singular { get; init; } = kind.ToLowerInvariant();

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool IsNamespaced { get; init; } = true;

    /// <summary>Has a /status of its own, which the object's main path leaves alone.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Comes from a CRD where there is a cluster, so that clients patch it without strategic merges.</summary>
    public bool IsCustom { get; init; }

    /// <summary>Only answers what is posted to it; nothing is kept.</summary>
    public bool IsReviewOnly { get; init; }

    /// <summary>The kind that keeps the objects: another one when this is a second view of them.</summary>
    public ResourceKind Storage
    {
        get => _storage ?? this;
        init => _storage = value;
    }

    /// <summary>Counts the changes of its spec in metadata.generation.</summary>
    public bool HasGeneration => IsCustom || Group is "apps" or "policy" or "discovery.k8s.io" or "apiextensions.k8s.io";

    /// <summary>What its objects look like; null when they may look like anything.</summary>
    public SchemaNode? Schema => KindSchemas.Find(Group, Kind)?.Root;

    public string ListKind => Kind + "List";

    public string StorageVersion => Versions[0];

    /// <summary>"httproutes.gateway.networking.k8s.io", "services": how messages name the resource.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>"HTTPRoute.gateway.networking.k8s.io", "Service".</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>"v1", "gateway.networking.k8s.io/v1".</summary>
    public string ApiVersion(string version) => Group.Length == 0 ? version : $"{Group}/{version}";

    public override string ToString() => QualifiedKind;
}
