using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Persistence;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Rules;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Tests.Support;
using Sluice.ApiServer.Writing;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Tests.Persistence;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-data-").FullName;
    private readonly List<string> _problems = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Objects_AreThereAfterARestart()
    {
        string before;
        await using (var api = Start())
        {
            (await api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"))).Expect(201);
            (await api.PatchAsync(ApiHarness.Routes + "/r/status", "{'status':{'parents':[{'controllerName':'example.com/c','parentRef':{'name':'gw'},'conditions':[{'type':'Accepted','status':'True','reason':'Accepted','message':'','lastTransitionTime':'2025-01-01T00:00:00Z'}]}]}}")).Expect(200);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("gone"))).Expect(201);
            (await api.DeleteAsync(ApiHarness.ConfigMaps + "/gone")).Expect(200);
            before = (await api.GetAsync(ApiHarness.Routes + "/r")).Text;
        }

        await using var again = Start();
        Assert.Equal(before, (await again.GetAsync(ApiHarness.Routes + "/r")).Expect(200).Text);
        (await again.GetAsync(ApiHarness.ConfigMaps + "/gone")).Expect(404);
        var next = (await again.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("next"))).Expect(201);
        Assert.True(long.Parse(next.TextAt("metadata.resourceVersion"), System.Globalization.CultureInfo.InvariantCulture) > long.Parse((await again.GetAsync(ApiHarness.Routes + "/r")).TextAt("metadata.resourceVersion"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Objects_AreThereAfterAKill()
    {
        // What is on disk when a request was answered, seen by another process: a copy of the folder.
        await using var api = Start();
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
        var copy = Directory.CreateTempSubdirectory("sluice-data-").FullName;
        Directory.CreateDirectory(Path.Combine(copy, ".sluice"));
        File.Copy(Path.Combine(_folder, ".sluice", "journal"), Path.Combine(copy, ".sluice", "journal"));
        var file = Path.Combine("default", "configmap", "a.yaml");
        if (File.Exists(Path.Combine(_folder, file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.Copy(Path.Combine(_folder, file), Path.Combine(copy, file));
        }

        await File.AppendAllTextAsync(Path.Combine(copy, ".sluice", "journal"), "0123456789abcdef put {\"half", TestContext.Current.CancellationToken);

        await using (var other = Start(copy))
            Assert.Equal("1", (await other.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(200).TextAt("data.a"));
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task Files_AreForPeople()
    {
        await using (var api = Start())
        {
            (await api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r", metadata: ",'labels':{'a':'b'}"))).Expect(201);
            (await api.PostAsync("/api/v1/namespaces/default/secrets", ApiHarness.Json("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'stringData':{'k':'v'}}"))).Expect(201);
            (await api.PostAsync("/apis/gateway.networking.k8s.io/v1/gatewayclasses", ApiHarness.Json("{'apiVersion':'gateway.networking.k8s.io/v1','kind':'GatewayClass','metadata':{'name':'c'},'spec':{'controllerName':'example.com/a'}}"))).Expect(201);
        }

        var route = await File.ReadAllTextAsync(Path.Combine(_folder, "default", "httproute", "r.yaml"), TestContext.Current.CancellationToken);
        Assert.StartsWith("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  labels:\n    a: b\n  name: r\n  namespace: default\nspec:\n", route, StringComparison.Ordinal);
        Assert.DoesNotContain("managedFields", route, StringComparison.Ordinal);
        Assert.DoesNotContain("uid", route, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "default", "secret", "s.yaml")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, ".sluice", "journal")));
        Assert.True(File.Exists(Path.Combine(_folder, "_cluster", "gatewayclass", "c.yaml")));
    }

    [Fact]
    public async Task Files_OfDeletedObjects_Go()
    {
        await using (var api = Start())
        {
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
            (await api.DeleteAsync(ApiHarness.ConfigMaps + "/a")).Expect(200);
        }

        Assert.False(File.Exists(Path.Combine(_folder, "default", "configmap", "a.yaml")));
    }

    [Fact]
    public async Task Files_BehindTheJournal_AreBroughtUpToDate()
    {
        var file = Path.Combine(_folder, "default", "configmap", "a.yaml");
        byte[] old;
        await using (var api = Start())
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
        old = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await using (var api = Start())
        {
            (await api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'a':'2'}}")).Expect(200);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("b"))).Expect(201);
        }

        // As if the machine had gone down after the journal was written and before the file was.
        await File.WriteAllBytesAsync(file, old, TestContext.Current.CancellationToken);
        await using (var api = Start())
            Assert.Equal("2", (await api.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(200).TextAt("data.a"));

        Assert.Contains("a: \"2\"", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Files_ThatWereNeverWritten_AreNotTakenForRemoved()
    {
        var file = Path.Combine(_folder, "default", "configmap", "a.yaml");
        await using (var api = Start())
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);

        // As if the machine had gone down after the journal was told of the file and before the file was there.
        var journal = Path.Combine(_folder, ".sluice", "journal");
        var lines = await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken);
        Assert.Contains(lines, line => line.Contains(" file ", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(journal, lines.Where(line => !line.Contains(" kept ", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        File.Delete(file);

        await using (var api = Start())
            (await api.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(200);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Files_ChangedByHand_ChangeTheObject()
    {
        var file = Path.Combine(_folder, "default", "configmap", "a.yaml");
        await using (var api = Start())
        {
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("removed"))).Expect(201);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("broken"))).Expect(201);
        }

        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("\"1\"", "\"by hand\" # mine", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(_folder, "default", "configmap", "removed.yaml"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "default", "configmap", "broken.yaml"), "a: [", TestContext.Current.CancellationToken);

        await using (Start())
        {
        }

        Assert.Contains("# mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await using var again = Start();
        Assert.Equal("by hand", (await again.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(200).TextAt("data.a"));
        (await again.GetAsync(ApiHarness.ConfigMaps + "/removed")).Expect(404);
        Assert.Equal("1", (await again.GetAsync(ApiHarness.ConfigMaps + "/broken")).Expect(200).TextAt("data.a"));
        Assert.Contains(_problems, problem => problem.Contains("broken.yaml", StringComparison.Ordinal));
        Assert.Contains("changed by hand", (await again.PatchAsync(ApiHarness.ConfigMaps + "/broken", "{'data':{'a':'2'}}")).Expect(409).TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_ChangedByHand_AreTakenInWhileTheApiRuns()
    {
        await using (var api = Start())
        {
            foreach (var name in (string[])["a", "b", "c"])
                (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap(name))).Expect(201);
        }

        await using var again = Start();
        string FileOf(string name) => Path.Combine(_folder, "default", "configmap", name + ".yaml");
        foreach (var name in (string[])["a", "b"])
            await File.WriteAllTextAsync(FileOf(name), (await File.ReadAllTextAsync(FileOf(name), TestContext.Current.CancellationToken)).Replace("\"1\"", "\"by hand\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        again.Api.Reload(FileOf("a"));
        Assert.Equal(("by hand", "1"), ((await again.GetAsync(ApiHarness.ConfigMaps + "/a")).TextAt("data.a"), (await again.GetAsync(ApiHarness.ConfigMaps + "/b")).TextAt("data.a")));

        File.Delete(FileOf("c"));
        again.Api.Reload();
        Assert.Equal("by hand", (await again.GetAsync(ApiHarness.ConfigMaps + "/b")).TextAt("data.a"));
        (await again.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(404);
        Assert.True(again.Api.OwnsFile(FileOf("a")));
        Assert.False(again.Api.OwnsFile(FileOf("c")));

        // Mistakes are told once, however often the file is looked at.
        await File.WriteAllTextAsync(FileOf("a"), "a: [", TestContext.Current.CancellationToken);
        again.Api.Reload();
        again.Api.Reload();
        lock (_problems)
            Assert.Single(_problems, problem => problem.Contains("the object stays as it was", StringComparison.Ordinal));
        (await again.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'a':'2'}}")).Expect(409);
    }

    [Fact]
    public async Task Folder_ThatIsRemoved_IsMadeAnewWithWhatIsThere()
    {
        var folder = Path.Combine(_folder, "data");
        await using (var api = Start(folder))
        {
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("b"))).Expect(201);

            // Files follow the answers, and would come into the folder while it is being removed.
            while (!File.Exists(Path.Combine(folder, "default", "configmap", "b.yaml")))
                await Task.Delay(10, TestContext.Current.CancellationToken);
            Directory.Delete(folder, recursive: true);
            (await api.DeleteAsync(ApiHarness.ConfigMaps + "/a")).Expect(200);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"))).Expect(201);
            Assert.Throws<DataFolderException>(() => KubernetesApi.Start(new KubernetesApiOptions { DataFolder = folder }));
        }

        await using var again = Start(folder);
        (await again.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(404);
        (await again.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(200);
    }

    [Fact]
    public async Task Files_OwedByAnEarlierProcess_AreWritten()
    {
        await using (var api = Start())
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
        var journal = Path.Combine(_folder, ".sluice", "journal");
        var lines = await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(journal, lines.Single(line => line.Contains(" put ", StringComparison.Ordinal)) + "\n", TestContext.Current.CancellationToken);
        var file = Path.Combine(_folder, "default", "configmap", "a.yaml");
        File.Delete(file);

        await using (Start())
        {
        }

        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task ReadOnly_RefusesChanges_AndTakesStatuses()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { ReadOnlyReason = "the disk is away" });
        api.Api.SetFileObjects([new("a.yaml", 1, (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(ApiHarness.Route("r"))!)]);

        Assert.Contains("objects can only be read here: the disk is away", (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(403).TextAt("message"), StringComparison.Ordinal);
        (await api.PatchAsync("/api/v1/namespaces/default", "{'metadata':{'labels':{'a':'b'}}}")).Expect(403);
        (await api.DeleteAsync(ApiHarness.ConfigMaps)).Expect(403);
        (await api.PatchAsync(ApiHarness.Routes + "/r/status", "{'status':{'parents':[]}}")).Expect(200);
    }

    [Fact]
    public async Task Files_OfOthersInTheWay_AreLeftAlone()
    {
        var file = Path.Combine(_folder, "default", "configmap", "a.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        await using (var api = Start())
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);

        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains(_problems, problem => problem.Contains(file, StringComparison.Ordinal));
        await using var again = Start();
        (await again.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(200);
    }

    [Fact]
    public async Task Names_ThatAreTooLongForFiles_AreKept()
    {
        var name = new string('n', 250);
        await using (var api = Start())
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap(name))).Expect(201);

        await using var again = Start();
        (await again.GetAsync($"{ApiHarness.ConfigMaps}/{name}")).Expect(200);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Folder_InUse_IsRefused()
    {
        await using var api = Start();

        Assert.Contains("in use by another process", Assert.Throws<DataFolderException>(() => KubernetesApi.Start(new KubernetesApiOptions { DataFolder = _folder })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_DamagedInTheMiddle_IsRefused()
    {
        await using (var api = Start())
        {
            for (var i = 0; i < 3; i++)
                (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap($"c{i}"))).Expect(201);
        }

        var journal = Path.Combine(_folder, ".sluice", "journal");
        var bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);

        Assert.Contains("line 1 is damaged", Assert.Throws<DataFolderException>(() => KubernetesApi.Start(new KubernetesApiOptions { DataFolder = _folder })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_ThatHasGrown_IsWrittenAnew()
    {
        await using (var api = Start())
        {
            for (var i = 0; i < 60; i++)
            {
                var body = ApiHarness.ConfigMap("large", $",'data':{{'i':'{i}','x':'{new string('x', 200_000)}'}}");
                (i == 0 ? await api.PostAsync(ApiHarness.ConfigMaps, body) : await api.PutAsync(ApiHarness.ConfigMaps + "/large", body)).Expect(i == 0 ? 201 : 200);
            }
        }

        Assert.InRange(new FileInfo(Path.Combine(_folder, ".sluice", "journal")).Length, 1, 9 << 20);
        await using var again = Start();
        Assert.Equal("59", (await again.GetAsync(ApiHarness.ConfigMaps + "/large")).Expect(200).TextAt("data.i"));
    }

    [Fact]
    public async Task FilesThatCannotBeWritten_HoldUpNoOthers_AndTakeNothingBack()
    {
        await using (var api = Start())
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
        var elsewhere = Directory.CreateTempSubdirectory("sluice-elsewhere-").FullName;
        var kind = Path.Combine(_folder, "default", "configmap");
        Directory.Move(kind, Path.Combine(elsewhere, "configmap"));
        Directory.CreateSymbolicLink(kind, Path.Combine(elsewhere, "configmap"));
        var before = await File.ReadAllTextAsync(Path.Combine(kind, "a.yaml"), TestContext.Current.CancellationToken);

        await using (var api = Start())
        {
            (await api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'a':'2'}}")).Expect(200);
            (await api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"))).Expect(201);
            (await api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'a':'3'}}")).Expect(200);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("b"))).Expect(201);
        }

        Assert.True(File.Exists(Path.Combine(_folder, "default", "httproute", "r.yaml")));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(elsewhere, "configmap", "a.yaml"), TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Path.Combine(elsewhere, "configmap")));
        Assert.Contains(_problems, problem => problem.Contains("a symbolic link", StringComparison.Ordinal));
        await using var again = Start();
        Assert.Equal("3", (await again.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(200).TextAt("data.a"));
        Assert.Equal("1", (await again.GetAsync(ApiHarness.ConfigMaps + "/b")).Expect(200).TextAt("data.a"));
        Directory.Delete(elsewhere, recursive: true);
    }

    [Theory]
    [InlineData(".sluice")]
    [InlineData(".sluice/journal")]
    [InlineData(".sluice/lock")]
    public void Links_AreNotWrittenThrough(string name)
    {
        // A folder that somebody else has made may lead anywhere.
        var target = Path.Combine(Directory.CreateTempSubdirectory("sluice-elsewhere-").FullName, "target");
        var link = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (name == ".sluice")
            Directory.CreateDirectory(target);
        else
            File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(link, target);

        var error = Assert.Throws<DataFolderException>(() => Start());

        Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
        Assert.Equal(name == ".sluice" ? "" : "precious", File.Exists(target) ? File.ReadAllText(target) : "");
        Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
    }

    [Fact]
    public async Task Journal_ThatCannotBeWrittenAnew_GoesOn()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".sluice", "journal.new"));
        await using (var api = Start())
        {
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"))).Expect(201);
            for (var i = 0; i < 12; i++)
                (await api.PatchAsync(ApiHarness.ConfigMaps + "/c", $"{{'data':{{'a':'{new string((char)('a' + i), 900_000)}'}}}}")).Expect(200);
        }

        Assert.Contains(_problems, problem => problem.Contains("cannot be written anew", StringComparison.Ordinal));
        await using var again = Start();
        Assert.StartsWith("lll", (await again.GetAsync(ApiHarness.ConfigMaps + "/c")).TextAt("data.a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_AreRefused_WhileOnesBeforeCannotBeKept()
    {
        var catalog = KindCatalog.Default;
        var store = new ObjectStore(catalog, 1, HistoryLimits.Default, TimeProvider.System);
        var kind = catalog.FindPlural("", "namespaces")!;
        var writer = new ObjectWriter(store, new ObjectAdmission(new KindRules(new ServiceAllocator())), new FullDisk(), TimeProvider.System, long.MaxValue);
        var body = System.Text.Encoding.UTF8.GetBytes(ApiHarness.Json("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'n'}}"));
        var request = new ApiRequest(new LocalRequest("POST", "", "", new Dictionary<string, string>(), body));

        var error = await Assert.ThrowsAsync<ApiException>(() => writer.CreateAsync(request, new ResourcePath(kind, "v1", "", "", "")).AsTask());

        Assert.Equal(503, error.Status.Code);
        Assert.Null(store.Find(kind, new ObjectKey("", "n")));
    }

    private sealed class FullDisk : IDurability
    {
        public ValueTask WaitAsync(long version) => ValueTask.CompletedTask;

        public void CheckAllowed()
        {
        }

        public void CheckKeeping(ResourceKind kind) => throw ApiException.Unavailable("the disk is full");

        public void CheckUntouched(StoredObject current, bool isRemoval)
        {
        }
    }

    private ApiHarness Start(string? folder = null) => new(new KubernetesApiOptions
    {
        DataFolder = folder ?? _folder,
        Problem = problem =>
        {
            lock (_problems)
                _problems.Add(problem);
        },
    });
}
