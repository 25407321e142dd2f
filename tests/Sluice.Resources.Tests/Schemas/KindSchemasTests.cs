using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

public class KindSchemasTests
{
    private const string Gateway = "gateway.networking.k8s.io";

    public static TheoryData<string> Kinds => [.. KindSchemas.All.Select(kind => kind.ApiVersion(kind.StoredVersion.Name) + " " + kind.Kind)];

    [Theory]
    [InlineData("", "v1", "services", "Service")]
    [InlineData(Gateway, "v1", "httproutes", "HTTPRoute")]
    [InlineData(Gateway, "v1beta1", "httproutes", "HTTPRoute")]
    [InlineData(Gateway, "v1alpha2", "tlsroutes", "TLSRoute")]
    [InlineData("events.k8s.io", "v1", "events", "Event")]
    public void FindPlural_NamesOfUrls_FindsTheKind(string group, string version, string plural, string kind) =>
        Assert.Equal(kind, KindSchemas.FindPlural(group, version, plural)?.Kind);

    [Theory]
    [InlineData(Gateway, "v1beta1", "grpcroutes")]
    [InlineData(Gateway, "v1", "httproute")]
    [InlineData("", "v1", "httproutes")]
    public void FindPlural_OtherNames_FindsNothing(string group, string version, string plural) => Assert.Null(KindSchemas.FindPlural(group, version, plural));

    [Fact]
    public void Find_GroupsWithTheSameKind_TellsThemApart()
    {
        Assert.True(KindSchemas.Find("", "Event")!.Root.Properties.ContainsKey("message"));
        Assert.True(KindSchemas.Find("events.k8s.io", "Event")!.Root.Properties.ContainsKey("note"));
        Assert.Null(KindSchemas.Find("apps", "Event"));
    }

    [Fact]
    public void All_Names_AreUnique()
    {
        Assert.Distinct(KindSchemas.All.Select(kind => (kind.Group, kind.Kind)));
        Assert.Distinct(KindSchemas.All.Select(kind => (kind.Group, kind.Plural)));
        Assert.Distinct(KindSchemas.All.Where(kind => kind.Group != "events.k8s.io").SelectMany(kind => kind.ShortNames));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_HasOneStoredVersionAndADescription(string kind)
    {
        var schema = Of(kind);
        Assert.Single(schema.Versions, version => version.IsStored);
        Assert.NotEmpty(schema.Root.Description);
        Assert.Equal(["apiVersion", "kind", "metadata"], schema.Root.Properties.Keys.Take(3));
    }

    /// <summary>Server-side apply needs each key in each entry.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_KeysOfLists_AreRequiredOrHaveADefault(string kind) => Assert.All(SchemaWalk.Nodes(Of(kind).Root), place =>
    {
        var (path, node) = place;
        Assert.True(node.ListType == ListType.Map == node.ListMapKeys.Count > 0, path);
        foreach (var key in node.ListMapKeys)
        {
            Assert.True(node.Items!.Properties.TryGetValue(key, out var property), $"{path}: no field {key}");
            Assert.True(node.Items.Required.Contains(key) || property.Default is not null || IsCore(path), $"{path}: {key} may be absent");
        }

        if (node.ListType == ListType.Set)
            Assert.True(node.Items!.Type is not (SchemaType.Object or SchemaType.Array), path);
    });

    [Fact]
    public void SharedParts_AreOneInstance()
    {
        var http = KindSchemas.Find(Gateway, "HTTPRoute")!.Root;
        var grpc = KindSchemas.Find(Gateway, "GRPCRoute")!.Root;
        var tcp = KindSchemas.Find(Gateway, "TCPRoute")!.Root;
        Assert.Same(http.Properties["metadata"], grpc.Properties["metadata"]);
        Assert.Same(http.Properties["status"], tcp.Properties["status"]);
        Assert.Same(http.Properties["spec"].Properties["parentRefs"], grpc.Properties["spec"].Properties["parentRefs"]);
        var rule = http.Properties["spec"].Properties["rules"].Items!;
        Assert.Same(rule.Properties["filters"].Items, rule.Properties["backendRefs"].Items!.Properties["filters"].Items);
    }

    /// <summary>Facts that clients depend on, from the APIs themselves.</summary>
    [Theory]
    [InlineData("", "Service", "spec.ports", "port protocol")]
    [InlineData("apps", "Deployment", "spec.template.spec.containers", "name")]
    [InlineData("apps", "Deployment", "spec.template.spec.containers[].ports", "containerPort protocol")]
    [InlineData("apps", "DaemonSet", "spec.template.spec.containers[].volumeMounts", "mountPath")]
    [InlineData("apps", "DaemonSet", "status.conditions", "type")]
    [InlineData("", "Pod", "spec.topologySpreadConstraints", "topologyKey whenUnsatisfiable")]
    [InlineData("", "Secret", "metadata.ownerReferences", "uid")]
    [InlineData(Gateway, "Gateway", "spec.listeners", "name")]
    [InlineData(Gateway, "HTTPRoute", "status.parents[].conditions", "type")]
    [InlineData(Gateway, "HTTPRoute", "spec.rules", "")]
    public void ListKeys_AreThoseOfTheApi(string group, string kind, string path, string keys) =>
        Assert.Equal(keys.Split(' ', StringSplitOptions.RemoveEmptyEntries), SchemaWalk.At(KindSchemas.Find(group, kind)!.Root, path).ListMapKeys);

    private static KindSchema Of(string kind) => KindSchemas.All.Single(one => one.ApiVersion(one.StoredVersion.Name) + " " + one.Kind == kind);

    /// <summary>Kubernetes allows itself names that may be absent, as those of imagePullSecrets.</summary>
    private static bool IsCore(string path) => path.EndsWith("secrets", StringComparison.Ordinal);
}
