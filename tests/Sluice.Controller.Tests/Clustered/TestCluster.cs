using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer;
using Sluice.Controller.Clustered;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;
using Sluice.Proxy;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>An API server in this process, behind a real socket, with a client and controllers as they are wanted.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly KubernetesApi _api = KubernetesApi.Start();
    private readonly ProxyServer _server = new(new ProxyOptions { Workers = 1 });
    private readonly List<(CancellationTokenSource Stop, Task Running)> _controllers = [];

    private TestCluster() => Faults = new FaultyHandler(_api.Handler);

    public FaultyHandler Faults { get; }

    public KubernetesClient Client { get; private set; } = null!;

    public ClusterAccess Access { get; private set; } = null!;

    public StringWriter Output { get; } = new();

    /// <summary>Another door to the same API server, with faults of its own.</summary>
    public async Task<(ClusterAccess Access, FaultyHandler Faults)> OpenDoorAsync()
    {
        var faults = new FaultyHandler(_api.Handler);
        var endPoint = await _server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), faults);
        return (new ClusterAccess { Server = new Uri($"http://{endPoint}") }, faults);
    }

    /// <summary>Waits until a controller has said it.</summary>
    public async Task SaidAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!Output.ToString().Contains(text, StringComparison.Ordinal))
            await Task.Delay(10, patience.Token);
    }

    public static async Task<TestCluster> StartAsync()
    {
        var cluster = new TestCluster();
        var endPoint = await cluster._server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), cluster.Faults);
        cluster.Access = new ClusterAccess { Server = new Uri($"http://{endPoint}") };
        cluster.Client = new KubernetesClient(cluster.Access);
        return cluster;
    }

    /// <summary>With infrastructure host.</summary>
    public ClusterOptions Host => new() { Access = Access, Infrastructure = InfrastructureKind.Host, Admin = null, Workers = 1, DrainTimeout = TimeSpan.FromMilliseconds(100) };

    /// <summary>Runs a controller until it is stopped; with infrastructure host where nothing else is said.</summary>
    public async Task<Func<Task>> StartControllerAsync(ClusterOptions? options = null)
    {
        var stop = new CancellationTokenSource();
        var writer = TextWriter.Synchronized(Output);
        var running = new ClusterController(
            options ?? Host,
            new ClusterReporter(writer, writer)).RunAsync(stop.Token);
        _controllers.Add((stop, running));
        await Task.Yield();
        return async () =>
        {
            await stop.CancelAsync();
            await running;
        };
    }

    public async Task ApplyAsync(ApiResource resource, string json)
    {
        var body = JsonNode.Parse(json.Replace('\'', '"'))!.AsObject();
        body["apiVersion"] = resource.ApiVersion;
        body["kind"] = resource.Kind;
        var metadata = body["metadata"]!;
        await Client.ApplyAsync(resource, new NamespacedName((string?)metadata["namespace"] ?? "", (string)metadata["name"]!), Encoding.UTF8.GetBytes(body.ToJsonString()), new WriteOptions { Force = true, FieldManager = "test" });
    }

    public Task ApplyClassAsync(string name = "sluice", string controller = "sluice.dev/gateway-controller") =>
        ApplyAsync(ApiResources.GatewayClasses, $"{{'metadata':{{'name':'{name}'}},'spec':{{'controllerName':'{controller}'}}}}");

    public Task ApplyGatewayAsync(string name, int port, string className = "sluice", string more = "") =>
        ApplyAsync(ApiResources.Gateways, $"{{'metadata':{{'name':'{name}','namespace':'default'}},'spec':{{'gatewayClassName':'{className}','listeners':[{{'name':'http','port':{port},'protocol':'HTTP'}}]{more}}}}}");

    public Task ApplyRouteAsync(string name, string gateway, string spec = "") =>
        ApplyAsync(ApiResources.HttpRoutes, $"{{'metadata':{{'name':'{name}','namespace':'default'}},'spec':{{'parentRefs':[{{'name':'{gateway}'}}]{spec}}}}}");

    /// <summary>A Service with one endpoint on this machine.</summary>
    public async Task ApplyBackendAsync(string name, int port)
    {
        await ApplyAsync(ApiResources.Services, $"{{'metadata':{{'name':'{name}','namespace':'default'}},'spec':{{'ports':[{{'name':'http','port':80,'targetPort':{port}}}]}}}}");
        await ApplyAsync(ApiResources.EndpointSlices, $"{{'metadata':{{'name':'{name}-1','namespace':'default','labels':{{'kubernetes.io/service-name':'{name}'}}}},'addressType':'IPv4','ports':[{{'name':'http','port':{port}}}],'endpoints':[{{'addresses':['127.0.0.1'],'conditions':{{'ready':true}}}}]}}");
    }

    // Gateways name their ports themselves; another program that takes it in between makes a test fail, not pass.
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the object is as wanted.</summary>
    public async Task<JsonNode> WaitAsync(ApiResource resource, string name, Func<JsonNode, bool> isRight, string ns = "default")
    {
        JsonNode? last = null;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            while (true)
            {
                if (await Client.FindAsync(resource, new NamespacedName(resource.IsNamespaced ? ns : "", name), patience.Token) is { } json)
                {
                    last = JsonNode.Parse(json.Span)!;
                    if (isRight(last))
                        return last;
                }
                await Task.Delay(10, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{resource} {name} did not become as wanted. Last: {last?.ToJsonString()}\n{Output}");
        }
    }

    /// <summary>The condition of that type in a list; null when there is none.</summary>
    public static JsonNode? Condition(JsonNode? owner, string type) => owner?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == type);

    public static bool IsTrue(JsonNode? owner, string type) => (string?)Condition(owner, type)?["status"] == "True";

    public async ValueTask DisposeAsync()
    {
        foreach (var (stop, _) in _controllers)
            await stop.CancelAsync();
        await Task.WhenAll(_controllers.Select(controller => controller.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Client.Dispose();
        await _api.DisposeAsync();
        await _server.DisposeAsync();
        Faults.Dispose();
    }
}
