using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Clustered;
using Sluice.Controller.ProxyMode;
using Sluice.Controller.Tests.Streaming;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>A cluster whose controllers have infrastructure kubernetes, and proxies that the test runs in the place of the cluster.</summary>
internal sealed class ProxiedCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-test-").FullName;
    private readonly int _streamPort = TestCluster.FreePort();
    private readonly List<RunningProxy> _proxies = [];

    private ProxiedCluster(TestCluster cluster, ClusterAccess access, FaultyHandler faults)
    {
        Cluster = cluster;
        Faults = faults;
        Options = new ClusterOptions
        {
            Access = access,
            Infrastructure = InfrastructureKind.Kubernetes,
            LeaderElection = false,
            Admin = null,
            ConfigStream = new IPEndPoint(IPAddress.Loopback, _streamPort),
            ConfigStreamAddress = $"127.0.0.1:{_streamPort}",
            DrainTimeout = TimeSpan.FromMilliseconds(100),
        };
    }

    public TestCluster Cluster { get; }

    /// <summary>Between controllers and the API server; what the test asks does not go through it.</summary>
    public FaultyHandler Faults { get; }

    public ClusterOptions Options { get; }

    /// <summary>What controllers have written by now, but for what they write in any case.</summary>
    public IReadOnlyList<string> Writes => [.. Faults.Requests.Where(request => request.Method != "GET" && !request.Path.Contains("tokenreviews", StringComparison.Ordinal) && !request.Path.Contains("/events", StringComparison.Ordinal)).Select(request => $"{request.Method} {request.Path}")];

    public static async Task<ProxiedCluster> StartAsync()
    {
        var cluster = await TestCluster.StartAsync();
        var (access, faults) = await cluster.OpenDoorAsync();
        await cluster.ApplyClassAsync();
        return new ProxiedCluster(cluster, access, faults);
    }

    public Task<Func<Task>> StartControllerAsync() => Cluster.StartControllerAsync(Options);

    /// <summary>A Gateway that is served by one proxy.</summary>
    public async Task<RunningProxy> ServeAsync(string gateway, int port)
    {
        await Cluster.ApplyGatewayAsync(gateway, port);
        await Cluster.WaitAsync(ApiResources.Services, $"{gateway}-sluice", _ => true);
        await Cluster.Client.PatchAsync(ApiResources.Services, new NamespacedName("default", $"{gateway}-sluice"), PatchType.Merge, """{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.10"}]}}}"""u8.ToArray(), WriteOptions.Status, TestContext.Current.CancellationToken);
        var proxy = await StartProxyAsync(gateway);
        await Cluster.WaitAsync(ApiResources.Gateways, gateway, value => TestCluster.IsTrue(value["status"], "Programmed"));
        return proxy;
    }

    public async Task<RunningProxy> StartProxyAsync(string gateway)
    {
        var (ca, token) = (Path.Combine(_folder, $"{gateway}.crt"), Path.Combine(_folder, gateway));
        if (!File.Exists(token))
        {
            var authorities = await Cluster.WaitAsync(ApiResources.ConfigMaps, $"{gateway}-sluice-stream-ca", _ => true);
            await Cluster.WaitAsync(ApiResources.ServiceAccounts, $"{gateway}-sluice", _ => true);
            await File.WriteAllTextAsync(ca, (string)authorities["data"]!["ca.crt"]!);
            await File.WriteAllTextAsync(token, await TokenAsync($"{gateway}-sluice"));
        }
        var proxy = RunningProxy.Start(new ProxyModeOptions
        {
            ControllerHost = "127.0.0.1",
            ControllerPort = _streamPort,
            Gateway = $"default/{gateway}",
            TokenFile = token,
            CaFile = ca,
            Addresses = [Loopback.NewAddress()],
            Admin = new IPEndPoint(IPAddress.Loopback, 0),
            Workers = 1,
            DrainDelay = TimeSpan.Zero,
            DrainTimeout = TimeSpan.FromMilliseconds(100),
        });
        _proxies.Add(proxy);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.StopAsync();
        await Cluster.DisposeAsync();
        Faults.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> TokenAsync(string account)
    {
        using var http = new HttpClient();
        using var body = new StringContent("""{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{"audiences":["sluice.dev/config-stream"]}}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(Cluster.Access.Server, $"/api/v1/namespaces/default/serviceaccounts/{account}/token"), body, TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"]!["token"]!;
    }
}
