using System.Net;
using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Tests.Cluster;

public sealed class ObjectTests
{
    private const string Manifest = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: "{NAMESPACE}", labels: {version: "1", count: 007x}}
        spec:
          selector: {app: web}
          ports:
          - {name: http, port: 8080, targetPort: 3000, appProtocol: kubernetes.io/h2c}
          - {port: 9090}
        ---
        # Only a comment.
        ---
        kind: Namespace
        metadata: {name: other}
        """;

    private static readonly Dictionary<string, string> Values = new() { ["{NAMESPACE}"] = "infra" };

    [Fact]
    public void Read_Manifest_KeepsTypesAndFillsPlaceholders()
    {
        var documents = ManifestFile.Read(Manifest, Values);

        Assert.Equal([new ObjectKey("Service", "infra", "web"), new ObjectKey("Namespace", "", "other")], documents.Select(ObjectKey.Of));
        Assert.Equal("""{"version":"1","count":"007x"}""", documents[0]["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal(8080, documents[0]["spec"]!["ports"]![0]!["port"]!.GetValue<long>());
    }

    [Fact]
    public void Apply_MergePatch_FollowsTheRfc()
    {
        var target = JsonNode.Parse("""{"a":{"b":1,"c":2},"d":[1,2],"e":"f"}""")!.AsObject();

        MergePatch.Apply(target, JsonNode.Parse("""{"a":{"b":null,"x":3},"d":[9],"g":{"h":1}}""")!.AsObject());

        Assert.Equal("""{"a":{"c":2,"x":3},"d":[9],"e":"f","g":{"h":1}}""", target.ToJsonString());
    }

    [Fact]
    public void For_Service_HoldsThePodsThatItSelects()
    {
        Pod[] pods =
        [
            new("infra", "web-0", new Dictionary<string, string> { ["app"] = "web", ["more"] = "x" }, IPAddress.Parse("127.1.1.1")),
            new("infra", "api-0", new Dictionary<string, string> { ["app"] = "api" }, IPAddress.Parse("127.1.1.2")),
            new("other", "web-0", new Dictionary<string, string> { ["app"] = "web" }, IPAddress.Parse("127.1.1.3")),
        ];

        var slice = EndpointSlices.For(ManifestFile.Read(Manifest, Values)[0], pods, PodNetwork.Random())!;

        Assert.Equal("web", slice["metadata"]!["labels"]![EndpointSlices.ServiceNameLabel]!.GetValue<string>());
        Assert.Equal(["127.1.1.1"], slice["endpoints"]!.AsArray().Select(endpoint => endpoint!["addresses"]![0]!.GetValue<string>()));
        Assert.Equal("""[{"name":"http","protocol":"TCP","port":3000,"appProtocol":"kubernetes.io/h2c"},{"name":"","protocol":"TCP","port":9090}]""", slice["ports"]!.ToJsonString());
    }

    [Fact]
    public void For_ServiceWithoutSelector_IsLeftAlone() =>
        Assert.Null(EndpointSlices.For(ManifestFile.Read("{kind: Service, metadata: {name: a, namespace: b}, spec: {ports: [{port: 1}]}}", Values)[0], [], PodNetwork.Random()));

    [Fact]
    public void Folder_ObjectsComeChangeAndGo_AsFiles()
    {
        var folder = new ObjectFolder(Directory.CreateTempSubdirectory("sluice-test-").FullName);
        try
        {
            foreach (var document in ManifestFile.Read(Manifest, Values))
                folder.Apply(document);
            var key = new ObjectKey("Service", "infra", "web");
            folder.Patch(key, JsonNode.Parse("""{"spec":{"selector":null}}""")!.AsObject());

            var files = Directory.GetFiles(folder.Path).Select(File.ReadAllText).ToList();
            Assert.Equal(2, files.Count);
            Assert.Contains(files, text => text.Contains("\"kubernetes.io/metadata.name\":\"other\"", StringComparison.Ordinal));
            Assert.Contains(files, text => text.Contains("\"web\"", StringComparison.Ordinal) && !text.Contains("selector", StringComparison.Ordinal));
            Assert.True(folder.Delete(key));
            Assert.False(folder.Delete(key));
            Assert.Null(folder.Find(key));
            Assert.Single(Directory.GetFiles(folder.Path));
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }
}
