using Sluice.ApiServer.Files;
using Sluice.ApiServer.Tests.Support;
using Sluice.Resources.Reading;

namespace Sluice.ApiServer.Tests.Files;

public sealed class FileObjectsTests : IAsyncDisposable
{
    private const string Path = "/apis/gateway.networking.k8s.io/v1/namespaces/team/httproutes/r";

    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: r
          namespace: team
        spec:
          hostnames: [a.example]
          rules:
          - backendRefs:
            - name: web
              port: 80
        """;

    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task FileObjects_AreShown_WithTheirFile()
    {
        Assert.Empty(Set(Route));

        var route = (await _api.GetAsync(Path)).Expect(200);
        Assert.Equal("routes.yaml:1", route.Json["metadata"]!["annotations"]!["sluice.dev/file"]!.ToString());
        Assert.Equal("1", route.TextAt("metadata.generation"));
        Assert.Equal("PathPrefix", route.TextAt("spec.rules.0.matches.0.path.type"));
        (await _api.GetAsync("/api/v1/namespaces/team")).Expect(200);
    }

    [Fact]
    public async Task FileObjects_CannotBeChangedHere_ButHaveStatus()
    {
        Set(Route);

        Assert.Contains("defined in the file routes.yaml:1", (await _api.PatchAsync(Path, "{'spec':{'hostnames':['b.example']}}")).Expect(403).TextAt("message"), StringComparison.Ordinal);
        Assert.Contains("defined in the file routes.yaml:1", (await _api.DeleteAsync(Path)).Expect(403).TextAt("message"), StringComparison.Ordinal);
        (await _api.PatchAsync(Path + "/status", "{'status':{'parents':[{'controllerName':'example.com/c','parentRef':{'name':'gw'},'conditions':[{'type':'Accepted','status':'True','reason':'Accepted','message':'','lastTransitionTime':'2025-01-01T00:00:00Z'}]}]}}")).Expect(200);

        Set(Route.Replace("a.example", "b.example", StringComparison.Ordinal));
        var changed = (await _api.GetAsync(Path)).Expect(200);
        Assert.Equal("2", changed.TextAt("metadata.generation"));
        Assert.Equal("example.com/c", changed.TextAt("status.parents.0.controllerName"));
    }

    [Fact]
    public async Task FileObjects_KeepTheirNamespace()
    {
        (await _api.PostAsync("/api/v1/namespaces", ApiHarness.Json("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'team'}}"))).Expect(201);
        Assert.Empty(Set(Route));

        Assert.Contains("routes.yaml:1", (await _api.DeleteAsync("/api/v1/namespaces/team")).Expect(403).TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileObjects_ThatAreTheSame_AreNoChange()
    {
        Set(Route);
        var before = (await _api.GetAsync(Path)).Text;

        Set(Route);

        Assert.Equal(before, (await _api.GetAsync(Path)).Text);
    }

    [Fact]
    public async Task FileObjects_ThatGo_TakeTheirNamespaceAlong()
    {
        Set(Route);
        Set();

        (await _api.GetAsync(Path)).Expect(404);
        (await _api.GetAsync("/api/v1/namespaces/team")).Expect(404);
        (await _api.GetAsync("/api/v1/namespaces/default")).Expect(200);
    }

    [Fact]
    public async Task FileObjects_OfTheApisOwnNames_AreToldAndNotShown()
    {
        (await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"))).Expect(201);

        var problem = Assert.Single(Set("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: file}\n"));

        Assert.Contains("was made by the API", problem.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).TextAt("data.a"));
    }

    [Fact]
    public void FileObjects_Twice_AreTold() => Assert.Contains("stands in routes.yaml:1 already", Assert.Single(Set(Route + "\n---\n" + Route)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task FileObjects_OfSomeFiles_LeaveThoseOfOthers()
    {
        Set(Route);
        SetOf("more.yaml", Route.Replace("name: r", "name: more", StringComparison.Ordinal));
        SetOf("routes.yaml", "");

        (await _api.GetAsync(Path)).Expect(404);
        (await _api.GetAsync("/api/v1/namespaces/team")).Expect(200);
        Assert.Equal("more", (await _api.GetAsync("/apis/gateway.networking.k8s.io/v1/namespaces/team/httproutes")).Expect(200).TextAt("items.0.metadata.name"));
    }

    [Fact]
    public async Task FileObjects_ThatMove_StayTheSameObject()
    {
        Set(Route);
        var uid = (await _api.GetAsync(Path)).TextAt("metadata.uid");

        _api.Api.SetFileObjects(new HashSet<string> { "routes.yaml", "other.yaml" }, Read("other.yaml", Route));

        var moved = (await _api.GetAsync(Path)).Expect(200);
        Assert.Equal((uid, "other.yaml:1"), (moved.TextAt("metadata.uid"), moved.Json["metadata"]!["annotations"]!["sluice.dev/file"]!.ToString()));
    }

    [Fact]
    public async Task FileObjects_ThatAreOutdated_StayAsTheyWere()
    {
        Set(Route);

        _api.Api.SetFileObjects(Read("routes.yaml", Route.Replace("a.example", "b.example", StringComparison.Ordinal)).Select(value => value with { IsOutdated = true }));
        Assert.Equal("a.example", (await _api.GetAsync(Path)).TextAt("spec.hostnames.0"));

        _api.Api.SetFileObjects(Read("routes.yaml", Route).Select(value => value with { Generation = 7 }));
        Assert.Equal("7", (await _api.GetAsync(Path)).TextAt("metadata.generation"));
    }

    [Fact]
    public async Task FileObjects_NamespaceThatIsAlwaysThere_HasTheFilesLabelsWhileItIsGiven()
    {
        const string Default = "/api/v1/namespaces/default";
        Assert.Empty(Set("apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {team: a}}\n"));
        Assert.Equal("a", (await _api.GetAsync(Default)).TextAt("metadata.labels.team"));

        Set();

        var namespaceAfter = (await _api.GetAsync(Default)).Expect(200).Json["metadata"]!;
        Assert.Null(namespaceAfter["labels"]!["team"]);
        Assert.Null(namespaceAfter["annotations"]);
    }

    private void SetOf(string file, string yaml) => Assert.Empty(_api.Api.SetFileObjects(new HashSet<string> { file }, Read(file, yaml)));

    private static IEnumerable<FileObject> Read(string file, string yaml) =>
        ManifestJson.Read(file, System.Text.Encoding.UTF8.GetBytes(yaml)).Select(item => new FileObject(file, item.Line, item.Value));

    private IReadOnlyList<FileObjectProblem> Set(string yaml = "") =>
        _api.Api.SetFileObjects(Read("routes.yaml", yaml));
}
