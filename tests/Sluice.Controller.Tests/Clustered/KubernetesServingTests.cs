using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Clustered;
using Sluice.Controller.ProxyMode;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;
using Sluice.Proxy.Local;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>Infrastructure kubernetes, with proxies that the test runs in the place of the cluster.</summary>
public sealed class KubernetesServingTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-test-").FullName;
    private readonly int _streamPort = TestCluster.FreePort();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _proxies = [];
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        await _cluster.ApplyClassAsync();
        await _cluster.StartControllerAsync(new ClusterOptions
        {
            Access = _cluster.Access,
            Infrastructure = InfrastructureKind.Kubernetes,
            Admin = null,
            ConfigStream = new IPEndPoint(IPAddress.Loopback, _streamPort),
            ConfigStreamAddress = $"127.0.0.1:{_streamPort}",
            DrainTimeout = TimeSpan.FromMilliseconds(100),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_proxies).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cluster.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Gateway_IsProgrammed_WhenItHasAnAddressAndAProxyServesIt()
    {
        using var backend = new TextBackend("hello");
        var port = TestCluster.FreePort();
        await _cluster.ApplyBackendAsync("web", backend.Port);
        await _cluster.ApplyGatewayAsync("gw", port);
        await _cluster.ApplyRouteAsync("r", "gw", ",'rules':[{'backendRefs':[{'name':'web','port':80}]}]");

        await _cluster.WaitAsync(ApiResources.Deployments, "gw-sluice", _ => true);
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (string?)TestCluster.Condition(value["status"], "Programmed")?["reason"] == "AddressNotAssigned");
        await GiveAddressAsync("gw-sluice", "192.0.2.10");
        var waiting = await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (string?)value["status"]?["addresses"]?[0]?["value"] == "192.0.2.10");
        Assert.False(TestCluster.IsTrue(waiting["status"], "Programmed"));

        await StartProxyAsync("gw");
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));

        using var http = new HttpClient();
        Assert.Equal("hello", await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RouteThatChanges_LeavesProgrammedAsItIs()
    {
        await _cluster.ApplyGatewayAsync("gw", TestCluster.FreePort());
        await _cluster.WaitAsync(ApiResources.Deployments, "gw-sluice", _ => true);
        await GiveAddressAsync("gw-sluice", "192.0.2.10");
        await StartProxyAsync("gw");
        var before = await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));

        for (var i = 0; i < 5; i++)
        {
            await _cluster.ApplyRouteAsync("r", "gw", $",'hostnames':['h{i}.example']");
            await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => (int?)TestCluster.Condition(value["status"]?["parents"]?[0], "Accepted")?["observedGeneration"] == (int?)value["metadata"]!["generation"]);
        }
        var after = await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (int?)value["status"]!["listeners"]![0]!["attachedRoutes"] == 1);

        Assert.Equal(TestCluster.Condition(before["status"], "Programmed")!.ToJsonString(), TestCluster.Condition(after["status"], "Programmed")!.ToJsonString());
    }

    [Fact]
    public async Task ObjectThatSomebodyChangesOrRemoves_IsPutRight()
    {
        await _cluster.ApplyGatewayAsync("gw", 80);
        var made = await _cluster.WaitAsync(ApiResources.Deployments, "gw-sluice", _ => true);
        var image = Image(made);
        await _cluster.Client.PatchAsync(
            ApiResources.Deployments,
            new NamespacedName("default", "gw-sluice"),
            PatchType.Json,
            """[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"evil:1"}]"""u8.ToArray(),
            new WriteOptions { FieldManager = "somebody" },
            TestContext.Current.CancellationToken);
        await _cluster.WaitAsync(ApiResources.Deployments, "gw-sluice", value => Image(value) == image);

        await _cluster.Client.DeleteAsync(ApiResources.Services, new NamespacedName("default", "gw-sluice"), null, TestContext.Current.CancellationToken);
        await _cluster.WaitAsync(ApiResources.Services, "gw-sluice", value => (string?)value["spec"]!["ports"]![0]!["name"] == "tcp-80");

        static string? Image(JsonNode deployment) => (string?)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"];
    }

    [Fact]
    public async Task SessionKeys_AreOfTheirGatewayAlone()
    {
        await _cluster.ApplyGatewayAsync("one", 80);
        await _cluster.ApplyGatewayAsync("two", 81);

        var one = await KeyAsync("one");
        var two = await KeyAsync("two");

        Assert.Equal(32, Convert.FromBase64String(one).Length);
        Assert.NotEqual(one, two);

        async Task<string> KeyAsync(string gateway) => (string)(await _cluster.WaitAsync(ApiResources.Secrets, $"{gateway}-sluice-sessions", _ => true))["data"]!["session-key"]!;
    }

    [Fact]
    public async Task GatewayOfAnotherClass_LosesWhatWasMadeForIt_AndAClassThatIsMissingLosesNothing()
    {
        await _cluster.ApplyClassAsync("other", "other.example/c");
        await _cluster.ApplyGatewayAsync("gw", 80);
        await _cluster.ApplyGatewayAsync("kept", 81);
        await _cluster.WaitAsync(ApiResources.Deployments, "gw-sluice", _ => true);
        await _cluster.WaitAsync(ApiResources.Deployments, "kept-sluice", _ => true);

        await _cluster.ApplyGatewayAsync("gw", 80, className: "other");
        await _cluster.ApplyGatewayAsync("kept", 81, className: "nowhere");

        await GoneAsync(ApiResources.Deployments, "gw-sluice");
        await GoneAsync(ApiResources.Services, "gw-sluice");
        Assert.NotNull(await _cluster.Client.FindAsync(ApiResources.Deployments, new NamespacedName("default", "kept-sluice"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ObjectOfSomebodyElse_WithTheSameName_IsLeftAlone()
    {
        await _cluster.ApplyAsync(ApiResources.Services, "{'metadata':{'name':'gw-sluice','namespace':'default'},'spec':{'ports':[{'port':7}]}}");
        await _cluster.ApplyGatewayAsync("gw", 80);

        var gateway = await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => ((string?)TestCluster.Condition(value["status"], "Programmed")?["message"])?.Contains("does not belong to this Gateway", StringComparison.Ordinal) == true);

        Assert.Equal("AddressNotAssigned", (string?)TestCluster.Condition(gateway["status"], "Programmed")!["reason"]);
        var service = await _cluster.WaitAsync(ApiResources.Services, "gw-sluice", _ => true);
        Assert.Equal(7, (int?)service["spec"]!["ports"]![0]!["port"]);
    }

    [Fact]
    public async Task ObjectThatBecameSomebodyElses_IsLeftAlone_ThoughTheWatchHasNotToldOfIt()
    {
        await _cluster.ApplyGatewayAsync("gw", 80);
        await _cluster.WaitAsync(ApiResources.Deployments, "gw-sluice", _ => true);
        _cluster.Faults.Fault = request => request is { Method: "GET", Path: "/api/v1/services" } ? new LocalResponse(503, "text/plain", default) : null;
        _cluster.Faults.CutWatches();
        await _cluster.Client.DeleteAsync(ApiResources.Services, new NamespacedName("default", "gw-sluice"), null, TestContext.Current.CancellationToken);
        await _cluster.ApplyAsync(ApiResources.Services, "{'metadata':{'name':'gw-sluice','namespace':'default'},'spec':{'ports':[{'port':7}]}}");

        await _cluster.ApplyGatewayAsync("gw", 81);
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => ((string?)TestCluster.Condition(value["status"], "Programmed")?["message"])?.Contains("uid", StringComparison.Ordinal) == true);

        var service = await _cluster.WaitAsync(ApiResources.Services, "gw-sluice", _ => true);
        Assert.Null(service["metadata"]!["ownerReferences"]);
        Assert.Equal([7], service["spec"]!["ports"]!.AsArray().Select(port => (int)port!["port"]!));
    }

    [Fact]
    public async Task GatewaysWhoseNamesComeToTheSame_DoNotStopTheOthers()
    {
        await _cluster.ApplyClassAsync("b-sluice");
        await _cluster.ApplyGatewayAsync("a-b", 80);
        await _cluster.WaitAsync(ApiResources.Deployments, "a-b-sluice", _ => true);

        await _cluster.ApplyGatewayAsync("a", 81, className: "b-sluice");
        await _cluster.WaitAsync(ApiResources.Gateways, "a", value => ((string?)TestCluster.Condition(value["status"], "Programmed")?["message"])?.Contains("does not belong to this Gateway", StringComparison.Ordinal) == true);

        await _cluster.ApplyGatewayAsync("third", 82);
        await _cluster.WaitAsync(ApiResources.Deployments, "third-sluice", _ => true);
        using var http = await StreamHttpAsync("a-b");
        var token = await TokenAsync("a-b-sluice");
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, "default/a", token));
    }

    [Fact]
    public async Task ProxyOfOneGateway_CannotReadAnother()
    {
        await _cluster.ApplyGatewayAsync("one", 80);
        await _cluster.ApplyGatewayAsync("two", 81);
        await _cluster.WaitAsync(ApiResources.ServiceAccounts, "one-sluice", _ => true);
        await _cluster.WaitAsync(ApiResources.Deployments, "two-sluice", _ => true);
        using var http = await StreamHttpAsync("one");
        var token = await TokenAsync("one-sluice");

        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, "default/two", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(http, "default/one", "nonsense"));
    }

    /// <summary>Trusts the controller as the proxies of a Gateway do.</summary>
    private async Task<HttpClient> StreamHttpAsync(string gateway)
    {
        var authorities = await _cluster.WaitAsync(ApiResources.ConfigMaps, $"{gateway}-sluice-stream-ca", _ => true);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem((string)authorities["data"]!["ca.crt"]!);
        return new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } });
    }

    private async Task<HttpStatusCode> AskAsync(HttpClient http, string gateway, string bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://127.0.0.1:{_streamPort}/sluice.v1/configuration?gateway={gateway}");
        request.Headers.Authorization = new("Bearer", bearer);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task StartProxyAsync(string gateway)
    {
        var authorities = await _cluster.WaitAsync(ApiResources.ConfigMaps, $"{gateway}-sluice-stream-ca", _ => true);
        var ca = Path.Combine(_folder, "ca.crt");
        var token = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(ca, (string)authorities["data"]!["ca.crt"]!);
        await File.WriteAllTextAsync(token, await TokenAsync($"{gateway}-sluice"));
        var writer = TextWriter.Synchronized(_cluster.Output);
        _proxies.Add(new ProxyRunner(
            new ProxyModeOptions
            {
                ControllerHost = "127.0.0.1",
                ControllerPort = _streamPort,
                Gateway = $"default/{gateway}",
                TokenFile = token,
                CaFile = ca,
                Addresses = [IPAddress.Loopback],
                Admin = null,
                Workers = 1,
                DrainDelay = TimeSpan.Zero,
                DrainTimeout = TimeSpan.FromMilliseconds(100),
            },
            new ProxyModeReporter(writer, writer)).RunAsync(_stop.Token));
    }

    private async Task<string> TokenAsync(string account)
    {
        using var http = new HttpClient();
        using var body = new StringContent("""{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{"audiences":["sluice.dev/config-stream"]}}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(_cluster.Access.Server, $"/api/v1/namespaces/default/serviceaccounts/{account}/token"), body, TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"]!["token"]!;
    }

    private Task GiveAddressAsync(string service, string address) => _cluster.Client.PatchAsync(
        ApiResources.Services,
        new NamespacedName("default", service),
        PatchType.Merge,
        Encoding.UTF8.GetBytes("{'status':{'loadBalancer':{'ingress':[{'ip':'".Replace('\'', '"') + address + "\"}]}}}"),
        WriteOptions.Status,
        TestContext.Current.CancellationToken);

    private async Task GoneAsync(ApiResource resource, string name)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await _cluster.Client.FindAsync(resource, new NamespacedName("default", name), patience.Token) is not null)
            await Task.Delay(10, patience.Token);
    }
}
