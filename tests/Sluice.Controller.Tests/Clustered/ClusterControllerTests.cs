using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Offline;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

public sealed class ClusterControllerTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Class_OfOurs_IsAccepted_AndAnotherIsLeftAlone()
    {
        await _cluster.StartControllerAsync();
        await _cluster.ApplyClassAsync("other", "other.example/c");
        await _cluster.ApplyClassAsync();

        var status = (await _cluster.WaitAsync(ApiResources.GatewayClasses, "sluice", gatewayClass => TestCluster.IsTrue(gatewayClass["status"], "Accepted")))["status"]!;

        Assert.Contains("HTTPRoute", status["supportedFeatures"]!.AsArray().Select(feature => (string?)feature!["name"]));
        var other = await _cluster.WaitAsync(ApiResources.GatewayClasses, "other", _ => true);
        Assert.NotEqual("True", (string?)TestCluster.Condition(other["status"], "Accepted")?["status"]);
    }

    [Fact]
    public async Task Route_ToABackend_IsServed_AndEveryStatusSaysSo()
    {
        using var backend = new TextBackend("hello");
        var port = TestCluster.FreePort();
        await _cluster.ApplyClassAsync();
        await _cluster.StartControllerAsync();
        await _cluster.ApplyBackendAsync("web", backend.Port);
        await _cluster.ApplyGatewayAsync("gw", port);
        await _cluster.ApplyRouteAsync("r", "gw", ",'rules':[{'backendRefs':[{'name':'web','port':80}]}]");

        var gateway = await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed") && (int?)value["status"]!["listeners"]?[0]?["attachedRoutes"] == 1);
        var route = await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));

        var address = gateway["status"]!["addresses"]![0]!;
        Assert.Equal("IPAddress", (string?)address["type"]);
        Assert.All(gateway["status"]!["conditions"]!.AsArray(), condition => Assert.Equal((int?)gateway["metadata"]!["generation"], (int?)condition!["observedGeneration"]));
        Assert.True(TestCluster.IsTrue(route["status"]!["parents"]![0], "ResolvedRefs"));
        Assert.Equal("sluice.dev/gateway-controller", (string?)route["status"]!["parents"]![0]!["controllerName"]);
        using var http = new HttpClient();
        Assert.Equal("hello", await http.GetStringAsync(new Uri($"http://{address["value"]}:{port}/"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StateMetrics_AreThoseOfOurObjects()
    {
        var admin = TestCluster.FreePort();
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyClassAsync("other", "other.example/c");
        await _cluster.ApplyGatewayAsync("gw", TestCluster.FreePort());
        await _cluster.ApplyGatewayAsync("theirs", TestCluster.FreePort(), "other");
        await _cluster.ApplyRouteAsync("r", "gw");
        await _cluster.StartControllerAsync(_cluster.Host with { Admin = new IPEndPoint(IPAddress.Loopback, admin), StateMetrics = true });
        await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));
        using var http = new HttpClient();

        var metrics = await http.GetStringAsync(new Uri($"http://127.0.0.1:{admin}/metrics"), TestContext.Current.CancellationToken);

        Assert.Contains("gatewayapi_gateway_info{customresource_group=\"gateway.networking.k8s.io\",customresource_kind=\"Gateway\",customresource_version=\"v1beta1\",gatewayclass_name=\"sluice\",name=\"gw\",namespace=\"default\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("parent_namespace=\"default\",type=\"Accepted\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Matches("gatewayapi_gateway_created{[^}]*name=\"gw\"[^}]*} 1\\.[0-9]+e\\+09\n", metrics);
        Assert.DoesNotContain("theirs", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("other.example", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_EntryOfAnotherController_Stays_AndOursGoesWithItsParent()
    {
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyGatewayAsync("gw", TestCluster.FreePort());
        await _cluster.ApplyRouteAsync("r", "gw");
        const string Other = """{"status":{"parents":[{"parentRef":{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"theirs"},"controllerName":"other.example/c","conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}]}}""";
        await _cluster.Client.PatchAsync(ApiResources.HttpRoutes, new NamespacedName("default", "r"), PatchType.Merge, Encoding.UTF8.GetBytes(Other), WriteOptions.Status, TestContext.Current.CancellationToken);
        await _cluster.StartControllerAsync();

        await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => Controllers(value) is ["other.example/c", "sluice.dev/gateway-controller"]);
        await _cluster.ApplyRouteAsync("r", "theirs");

        await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => Controllers(value) is ["other.example/c"]);
    }

    [Fact]
    public async Task Restart_KeepsAddressesAndTransitionTimes()
    {
        await _cluster.ApplyClassAsync();
        var port = TestCluster.FreePort();
        var stop = await _cluster.StartControllerAsync();
        await _cluster.ApplyGatewayAsync("zzz", port);
        await _cluster.WaitAsync(ApiResources.Gateways, "zzz", value => TestCluster.IsTrue(value["status"], "Programmed"));
        await _cluster.ApplyGatewayAsync("aaa", port);
        await _cluster.WaitAsync(ApiResources.Gateways, "aaa", value => TestCluster.IsTrue(value["status"], "Programmed"));
        await stop();
        var before = await Statuses();

        await _cluster.StartControllerAsync();
        await _cluster.ApplyGatewayAsync("new", TestCluster.FreePort());
        await _cluster.WaitAsync(ApiResources.Gateways, "new", value => TestCluster.IsTrue(value["status"], "Programmed"));

        Assert.Equal(before, await Statuses());

        async Task<string> Statuses() => string.Join('\n', await Task.WhenAll(new[] { "aaa", "zzz" }.Select(async name => (await _cluster.WaitAsync(ApiResources.Gateways, name, _ => true))["status"]!.ToJsonString())));
    }

    [Fact]
    public async Task Certificate_ThatComesLater_IsServed()
    {
        await _cluster.ApplyClassAsync();
        await _cluster.StartControllerAsync();
        await _cluster.ApplyAsync(ApiResources.Gateways, $"{{'metadata':{{'name':'gw','namespace':'default'}},'spec':{{'gatewayClassName':'sluice','listeners':[{{'name':'https','port':{TestCluster.FreePort()},'protocol':'HTTPS','tls':{{'certificateRefs':[{{'name':'cert'}}]}}}}]}}}}");
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (string?)TestCluster.Condition(value["status"]?["listeners"]?[0], "ResolvedRefs")?["reason"] == "InvalidCertificateRef");

        var (certificate, key) = TestCertificate.Pem();
        await _cluster.ApplyAsync(ApiResources.Secrets, $"{{'metadata':{{'name':'cert','namespace':'default'}},'type':'kubernetes.io/tls','data':{{'tls.crt':'{Base64(certificate)}','tls.key':'{Base64(key)}'}}}}");
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"]?["listeners"]?[0], "Programmed"));

        await _cluster.Client.DeleteAsync(ApiResources.Secrets, new NamespacedName("default", "cert"), null, TestContext.Current.CancellationToken);
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (string?)TestCluster.Condition(value["status"]?["listeners"]?[0], "ResolvedRefs")?["reason"] == "InvalidCertificateRef");
    }

    [Fact]
    public async Task AttachedRoutes_OfManyRoutes_AreRightWithFewWrites()
    {
        const int Count = 300;
        await _cluster.ApplyClassAsync();
        await _cluster.StartControllerAsync();
        await _cluster.ApplyGatewayAsync("gw", TestCluster.FreePort());
        var before = await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));
        var writes = 0;
        using var stop = new CancellationTokenSource();
        var counting = CountAsync();

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) => await _cluster.ApplyRouteAsync($"r{i}", "gw"));
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (int?)value["status"]!["listeners"]![0]!["attachedRoutes"] == Count);
        await stop.CancelAsync();
        await counting;

        Assert.InRange(writes, 1, 50);

        async Task CountAsync()
        {
            try
            {
                var options = new WatchOptions { ResourceVersion = (string?)before["metadata"]!["resourceVersion"] };
                await foreach (var change in _cluster.Client.WatchAsync(ApiResources.Gateways, ResourceScope.All, options, stop.Token))
                    writes += change.Type == WatchEventType.Modified ? 1 : 0;
            }
            catch (OperationCanceledException)
            {
                // Counted enough.
            }
        }
    }

    [Fact]
    public async Task Gateway_WithTheLongestName_IsServedAndHasItsService()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 50), 4)) + ".bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
        Assert.Equal(253, name.Length);
        await _cluster.ApplyClassAsync();
        await _cluster.StartControllerAsync();
        await _cluster.ApplyGatewayAsync(name, TestCluster.FreePort(), more: ",'infrastructure':{'labels':{'key':'value'},'annotations':{'note':'text'}}");
        await _cluster.WaitAsync(ApiResources.Gateways, name, value => TestCluster.IsTrue(value["status"], "Programmed"));

        var service = await _cluster.WaitAsync(ApiResources.Services, BoundedName.Of(name, "sluice"), _ => true);

        Assert.Equal("value", (string?)service["metadata"]!["labels"]!["key"]);
        Assert.Equal("text", (string?)service["metadata"]!["annotations"]!["note"]);
        Assert.Equal(BoundedName.Label(name), (string?)service["metadata"]!["labels"]!["gateway.networking.k8s.io/gateway-name"]);
        Assert.Equal("None", (string?)service["spec"]!["clusterIP"]);
    }

    [Fact]
    public async Task Offline_Cluster_IsReadAsItsControllerWould()
    {
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyGatewayAsync("gw", 80);
        await _cluster.ApplyRouteAsync("r", "gw", ",'rules':[{'backendRefs':[{'name':'missing','port':80}]}]");

        var report = (await OfflineCluster.LoadAsync(_cluster.Host, TestContext.Current.CancellationToken)).ToReport();

        Assert.Equal("gw", Assert.Single(report.Gateways).Name);
        Assert.Contains(Assert.Single(report.Routes).Parents[0].Conditions, condition => condition is { Type: "ResolvedRefs", Reason: "BackendNotFound" });
    }

    [Fact]
    public async Task Offline_Cluster_SaysOfProgrammedWhatTheClusterSays()
    {
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyGatewayAsync("gw", TestCluster.FreePort());
        await _cluster.StartControllerAsync();
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));

        var report = (await OfflineCluster.LoadAsync(_cluster.Host, TestContext.Current.CancellationToken)).ToReport();

        var gateway = report.Gateways.Single(gateway => gateway.Name == "gw");
        Assert.Contains(gateway.Conditions, condition => condition is { Type: "Programmed", Status: "True", Reason: "Programmed" });
        Assert.Contains(Assert.Single(gateway.Listeners).Conditions, condition => condition is { Type: "Programmed", Status: "True" });
    }

    private static List<string?> Controllers(JsonNode route) => [.. route["status"]?["parents"]?.AsArray().Select(parent => (string?)parent!["controllerName"]) ?? []];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
