using Sluice.ApiServer.Kinds;
using Sluice.Controller.Clustered;

namespace Sluice.Controller.Embedded;

/// <summary>The kinds of the API that are served from, the same that are read in files.</summary>
internal static class EmbeddedKinds
{
    private static readonly Dictionary<string, ResourceKind> ByKind = ClusterKinds.All
        .Select(kind => KindCatalog.Default.Find(kind.Preferred.Group, kind.Kind)!)
        .Append(KindCatalog.Default.Find("", "Endpoints")!)
        .ToDictionary(kind => kind.Kind, StringComparer.Ordinal);

    public static IReadOnlyCollection<ResourceKind> All => ByKind.Values;

    /// <param name="kind">As in manifests.</param>
    public static ResourceKind Of(string kind) => ByKind[kind];
}
