using System.Text.Json.Nodes;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;

namespace Sluice.ApiServer.Discovery;

/// <summary>Everything that discovery tells in one document (apidiscovery.k8s.io).</summary>
internal sealed class AggregatedDiscovery(KindCatalog catalog)
{
    private const string Group = "apidiscovery.k8s.io";

    /// <summary>The version of this document that an Accept header prefers over the older form; null when it does not ask for it first.</summary>
    public static string? Asked(string accept)
    {
        foreach (var range in MediaRange.ParseAll(accept))
        {
            if (!range.AllowsJson)
                continue;
            if (range["as"] is null)
                return null;
            if (range["as"] == "APIGroupDiscoveryList" && range["g"] == Group && range["v"] is "v2" or "v2beta1")
                return range["v"];
        }

        return null;
    }

    public static string ContentType(string version) => $"application/json;g={Group};v={version};as=APIGroupDiscoveryList";

    /// <param name="groups">API groups; "" is the core group.</param>
    /// <param name="version">"v2" or "v2beta1".</param>
    public JsonObject Document(IEnumerable<string> groups, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"{Group}/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. groups.Select(GroupOf)]),
    };

    private JsonObject GroupOf(string group)
    {
        var metadata = new JsonObject { ["creationTimestamp"] = null };
        if (group.Length > 0)
            metadata["name"] = group;
        return new JsonObject
        {
            ["metadata"] = metadata,
            ["versions"] = new JsonArray([.. catalog.VersionsOf(group).Select(version => VersionOf(group, version))]),
        };
    }

    private JsonObject VersionOf(string group, string version) => new()
    {
        ["version"] = version,
        ["freshness"] = "Current",
        ["resources"] = new JsonArray([.. catalog.In(group, version).Select(kind => Resource(kind, version))]),
    };

    private static JsonObject Resource(ResourceKind kind, string version)
    {
        var resource = new JsonObject
        {
            ["resource"] = kind.Plural,
            ["responseKind"] = ResponseKind(kind, version),
            ["scope"] = kind.IsNamespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = Words(ResourceVerbs.Of(kind)),
        };
        if (kind.ShortNames.Count > 0)
            resource["shortNames"] = Words(kind.ShortNames);
        if (kind.Categories.Count > 0)
            resource["categories"] = Words(kind.Categories);
        var subresources = new JsonArray();
        foreach (var (name, verbs) in ResourceVerbs.Subresources(kind))
            subresources.Add((JsonNode)new JsonObject { ["subresource"] = name, ["responseKind"] = ResponseKind(kind, version), ["verbs"] = Words(verbs) });
        if (subresources.Count > 0)
            resource["subresources"] = subresources;
        return resource;
    }

    private static JsonObject ResponseKind(ResourceKind kind, string version) => new() { ["group"] = kind.Group, ["version"] = version, ["kind"] = kind.Kind };

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);
}
