using System.Text.Json.Nodes;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Rules;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Seeds;

/// <summary>What is there from the beginning: the namespaces that every cluster has, and the definitions of the custom kinds.</summary>
internal sealed class SeedObjects(ObjectStore store, KindCatalog catalog, TimeProvider clock)
{
    /// <summary>Of the Gateway API whose kinds are served.</summary>
    public const string BundleVersion = "v1.6.1";

    private static readonly string[] Namespaces = ["default", "kube-public", "kube-system"];

    /// <summary>Whether it is the name of a namespace that is always there.</summary>
    public static bool IsSeed(ObjectKey key) => key.Namespace.Length == 0 && Namespaces.Contains(key.Name);

    /// <summary>Makes those that are missing.</summary>
    public void Create()
    {
        foreach (var name in Namespaces)
            Add("", "Namespace", name, new JsonObject(), Namespace);
        foreach (var kind in catalog.All.Where(kind => kind.IsCustom))
            Add("apiextensions.k8s.io", "CustomResourceDefinition", kind.QualifiedPlural, Annotations(kind), value => Definition(value, kind));
    }

    private void Add(string group, string kindName, string name, JsonObject metadata, Action<JsonObject> fill)
    {
        var kind = catalog.Find(group, kindName)!;
        metadata["name"] = name;
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = MetadataPreparation.Time(clock.GetUtcNow());
        if (kind.HasGeneration)
            metadata["generation"] = 1L;
        var value = new JsonObject { ["apiVersion"] = kind.ApiVersion(kind.StorageVersion), ["kind"] = kindName, ["metadata"] = metadata };
        fill(value);
        store.TryPut(kind, new ObjectKey("", name), null, value, null, out _);
    }

    private static void Namespace(JsonObject value)
    {
        value["metadata"]!["labels"] = new JsonObject { [NamespaceRules.NameLabel] = value["metadata"]!["name"]!.GetValue<string>() };
        value["spec"] = new JsonObject { ["finalizers"] = new JsonArray(NamespaceRules.Finalizer) };
        value["status"] = new JsonObject { ["phase"] = "Active" };
    }

    private static JsonObject Annotations(ResourceKind kind) => kind.Group == "gateway.networking.k8s.io"
        ? new JsonObject
        {
            ["annotations"] = new JsonObject
            {
                ["gateway.networking.k8s.io/bundle-version"] = BundleVersion,
                ["gateway.networking.k8s.io/channel"] = "standard",
            },
        }
        : [];

    private void Definition(JsonObject value, ResourceKind kind)
    {
        var names = new JsonObject
        {
            ["kind"] = kind.Kind,
            ["listKind"] = kind.ListKind,
            ["plural"] = kind.Plural,
            ["singular"] = kind.Singular,
            ["shortNames"] = new JsonArray([.. kind.ShortNames.Select(name => (JsonNode)name)]),
            ["categories"] = new JsonArray([.. kind.Categories.Select(name => (JsonNode)name)]),
        };
        value["spec"] = new JsonObject
        {
            ["group"] = kind.Group,
            ["names"] = names,
            ["scope"] = kind.IsNamespaced ? "Namespaced" : "Cluster",
            ["conversion"] = new JsonObject { ["strategy"] = "None" },
            ["versions"] = new JsonArray([.. kind.Versions.Select(version => Version(kind, version))]),
        };
        DefinitionRules.Establish(value, clock.GetUtcNow());
    }

    /// <summary>The schema is not written out: clients read it from /openapi/v3.</summary>
    private static JsonNode Version(ResourceKind kind, string version)
    {
        var json = new JsonObject
        {
            ["name"] = version,
            ["served"] = true,
            ["storage"] = version == kind.StorageVersion,
            ["schema"] = new JsonObject { ["openAPIV3Schema"] = new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true } },
        };
        if (kind.HasStatus)
            json["subresources"] = new JsonObject { ["status"] = new JsonObject() };
        return json;
    }
}
