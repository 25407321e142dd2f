using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Kinds;

/// <summary>The kinds that are served.</summary>
public sealed class KindCatalog
{
    private readonly Dictionary<(string Group, string Plural), ResourceKind> _byPlural = [];
    private readonly Dictionary<(string Group, string Kind), ResourceKind> _byKind = [];

    private KindCatalog(IReadOnlyList<ResourceKind> all)
    {
        All = all;
        foreach (var kind in all)
        {
            _byPlural.Add((kind.Group, kind.Plural), kind);
            _byKind.Add((kind.Group, kind.Kind), kind);
        }
    }

    public static KindCatalog Default { get; } = new(Create());

    /// <summary>In the order of discovery.</summary>
    public IReadOnlyList<ResourceKind> All { get; }

    /// <summary>API groups in the order of discovery, without the core group.</summary>
    public IEnumerable<string> Groups => All.Select(kind => kind.Group).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal);

    public ResourceKind? FindPlural(string group, string plural) => _byPlural.GetValueOrDefault((group, plural));

    public ResourceKind? Find(string group, string kind) => _byKind.GetValueOrDefault((group, kind));

    /// <param name="apiVersion">"v1", "gateway.networking.k8s.io/v1beta1"; the version need not be one that is served.</param>
    /// <param name="kind">As in manifests.</param>
    public ResourceKind? FindByApiVersion(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return Find(slash < 0 ? "" : apiVersion[..slash], kind);
    }

    /// <summary>The versions of a group, those that most kinds prefer first.</summary>
    public IReadOnlyList<string> VersionsOf(string group) =>
    [
        .. All.Where(kind => kind.Group == group)
            .SelectMany(kind => kind.Versions)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(VersionRank),
    ];

    public IEnumerable<ResourceKind> In(string group, string version) => All.Where(kind => kind.Group == group && kind.Versions.Contains(version));

    private static IReadOnlyList<ResourceKind> Create()
    {
        var core = new ResourceKind(KindSchemas.Find("", "Event")!);
        return
        [
            .. KindSchemas.All.Select(definition => definition switch
            {
                { Kind: "Event", Group: "" } => core,
                { Kind: "Event" } => new ResourceKind(definition) { Storage = core },
                _ => new ResourceKind(definition),
            }),
        ];
    }

    /// <summary>v2 before v1 before v1beta1 before v1alpha3 before v1alpha2.</summary>
    private static int VersionRank(string version)
    {
        var stability = version.Contains("alpha", StringComparison.Ordinal) ? 2 : version.Contains("beta", StringComparison.Ordinal) ? 1 : 0;
        var major = version[1] - '0';
        var minor = stability == 0 ? 0 : version[^1] - '0';
        return (stability * 100) - (major * 10) - minor;
    }
}
