using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Requests;

/// <summary>What a URL path below /api or /apis means.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Version">The version that the client speaks.</param>
/// <param name="Namespace">"" for all namespaces, and for cluster-scoped kinds.</param>
/// <param name="Name">"" for the collection.</param>
/// <param name="Subresource">"" for the object itself.</param>
internal sealed record ResourcePath(ResourceKind Kind, string Version, string Namespace, string Name, string Subresource)
{
    public string ApiVersion => Kind.ApiVersion(Version);

    /// <summary>Null when nothing is served there.</summary>
    /// <param name="segments">Decoded; starting with "api" or "apis".</param>
    /// <param name="catalog">The kinds.</param>
    public static ResourcePath? Parse(ReadOnlySpan<string> segments, KindCatalog catalog)
    {
        var isCore = segments[0] == "api";
        var rest = segments[(isCore ? 1 : 2)..];
        if (rest.Length < 2)
            return null;
        var group = isCore ? "" : segments[1];
        var version = rest[0];
        rest = rest[1..];
        var space = "";
        if (rest[0] == "namespaces" && rest.Length > 2 && !(isCore && rest.Length == 3 && rest[2] is "status" or "finalize"))
        {
            space = rest[1];
            rest = rest[2..];
        }

        if (rest.Length > 3 || catalog.FindPlural(group, rest[0]) is not { } kind || !kind.Versions.Contains(version) || (space.Length > 0 && !kind.IsNamespaced))
            return null;
        var name = rest.Length > 1 ? rest[1] : "";
        if (kind.IsNamespaced && name.Length > 0 && space.Length == 0)
            return null;
        return new ResourcePath(kind, version, space, name, rest.Length > 2 ? rest[2] : "");
    }
}
