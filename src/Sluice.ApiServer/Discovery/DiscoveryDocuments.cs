using System.Text.Json.Nodes;
using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Discovery;

/// <summary>What clients ask for to learn which kinds there are, in the older form: one document per group and version.</summary>
internal sealed class DiscoveryDocuments(KindCatalog catalog)
{
    public static JsonObject Versions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. catalog.Groups.Select(group => GroupOf(group, inList: true))]),
    };

    /// <summary>Null when there is no such group.</summary>
    public JsonObject? Group(string group) => group.Length > 0 && catalog.Groups.Contains(group) ? GroupOf(group, inList: false) : null;

    /// <summary>Null when there is no such version.</summary>
    public JsonObject? Resources(string group, string version)
    {
        var kinds = catalog.In(group, version).ToList();
        if (kinds.Count == 0)
            return null;
        var list = new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray([.. kinds.SelectMany(Resources)]),
        };
        if (group.Length > 0)
            list["apiVersion"] = "v1";
        return list;
    }

    private JsonObject GroupOf(string group, bool inList)
    {
        var versions = catalog.VersionsOf(group);
        var json = new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions.Select(version => Version(group, version))]),
            ["preferredVersion"] = Version(group, versions[0]),
        };
        if (inList)
            return json;
        json["kind"] = "APIGroup";
        json["apiVersion"] = "v1";
        return json;
    }

    private static JsonObject Version(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static IEnumerable<JsonNode> Resources(ResourceKind kind)
    {
        var resource = Resource(kind, kind.Plural, ResourceVerbs.Of(kind));
        resource["singularName"] = kind.Singular;
        if (kind.ShortNames.Count > 0)
            resource["shortNames"] = new JsonArray([.. kind.ShortNames.Select(name => (JsonNode)name)]);
        if (kind.Categories.Count > 0)
            resource["categories"] = new JsonArray([.. kind.Categories.Select(name => (JsonNode)name)]);
        yield return resource;
        foreach (var (name, verbs) in ResourceVerbs.Subresources(kind))
            yield return Resource(kind, $"{kind.Plural}/{name}", verbs);
    }

    private static JsonObject Resource(ResourceKind kind, string name, IEnumerable<string> verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = kind.IsNamespaced,
        ["kind"] = kind.Kind,
        ["verbs"] = new JsonArray([.. verbs.Select(verb => (JsonNode)verb)]),
    };
}
