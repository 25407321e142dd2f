using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer;
using Sluice.Cli.Tests.Support;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Proxy;
using Sluice.Proxy.Local;
using Sluice.Resources;

namespace Sluice.Cli.Tests.Faults;

/// <summary>
/// An API server, and in processes of their own a controller, two proxies of one Gateway and a backend: each can be ended and started
/// again. What the API server holds outlives it, as in etcd.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-fleet-").FullName;
    private readonly KubernetesApi _store = KubernetesApi.Start();
    private readonly int _streamPort = FreePort.Next();
    private readonly int _port = FreePort.Next();
    private readonly int _probePort = FreePort.Next();
    private readonly ILocalHandler _handler;
    private readonly SluiceProcess?[] _proxies = new SluiceProcess?[2];
    private readonly IPAddress[] _addresses = [NewAddress(), NewAddress()];
    private ProxyServer? _api;
    private IPEndPoint _apiAddress = new(IPAddress.Loopback, 0);
    private SluiceProcess? _controller;
    private EchoBackend _backend = null!;

    private Fleet(Func<ILocalHandler, ILocalHandler> api) => _handler = api(_store.Handler);

    public KubernetesClient Client { get; private set; } = null!;

    public Uri Api => new($"http://{_apiAddress}");

    public string KubeConfig => PathOf("kubeconfig");

    /// <summary>Where the controller answers probes, and shows its metrics.</summary>
    public IPEndPoint ControllerProbes => new(IPAddress.Loopback, _probePort);

    public string Output => string.Join('\n', _proxies.Append(_controller).Select(process => $"{process?.Output}\n{process?.Error}"));

    /// <summary>Where each proxy serves, and where it answers probes.</summary>
    public IReadOnlyList<(IPEndPoint Traffic, IPEndPoint Probes)> Proxies => [.. _addresses.Select(address => (new IPEndPoint(address, _port), new IPEndPoint(address, _port + 1)))];

    /// <param name="api">What stands before the API server; by default nothing.</param>
    public static async Task<Fleet> StartAsync(Func<ILocalHandler, ILocalHandler>? api = null)
    {
        var fleet = new Fleet(api ?? (handler => handler));
        await fleet.StartApiAsync();
        fleet.Client = new KubernetesClient(new ClusterAccess { Server = fleet.Api });
        fleet._backend = await EchoBackend.StartAsync("pod", "--quiet");
        await fleet.ApplyAsync();
        await File.WriteAllTextAsync(fleet.KubeConfig, $"{{clusters: [{{name: c, cluster: {{server: 'http://{fleet._apiAddress}'}}}}], contexts: [{{name: c, context: {{cluster: c}}}}], current-context: c}}");
        await fleet.StartControllerAsync();
        await fleet.GiveAddressAsync();
        await fleet.WriteCredentialsAsync();
        for (var i = 0; i < fleet._proxies.Length; i++)
            fleet.StartProxy(i);
        return fleet;
    }

    public async Task StartApiAsync()
    {
        _api = new ProxyServer(new ProxyOptions { Workers = 1 });
        _apiAddress = await _api.ListenLocalAsync(_apiAddress, _handler);
    }

    public async Task KillApiAsync()
    {
        await _api!.DisposeAsync();
        _api = null;
    }

    public async Task StartControllerAsync()
    {
        _controller = SluiceProcess.Start(
            "controller", "--kubeconfig", KubeConfig, "--admin", "off", "--probes", ControllerProbes.ToString(), "--leader-election", "off", "--leader-election-namespace", "default",
            "--config-stream", Text($"127.0.0.1:{_streamPort}"), "--config-stream-address", Text($"127.0.0.1:{_streamPort}"));
        await _controller.WaitForLineAsync("Ready in ");
    }

    /// <summary>Without a word of warning.</summary>
    public async Task KillControllerAsync() => await _controller!.DisposeAsync();

    public void StartProxy(int index) => _proxies[index] = SluiceProcess.Start(
        "proxy", "--controller", Text($"127.0.0.1:{_streamPort}"), "--gateway", "default/gw", "--token-file", PathOf("token"), "--ca-file", PathOf("ca.crt"),
        "--state-dir", PathOf(Text($"state-{index}")), "--address", _addresses[index].ToString(), "--admin", "off", "--probes", Text($"{_addresses[index]}:{_port + 1}"),
        "--workers", "1", "--drain-delay", "500ms", "--drain-timeout", "20s");

    /// <summary>As a cluster ends a Pod: it has the time to drain.</summary>
    public async Task EndProxyAsync(int index)
    {
        _proxies[index]!.Terminate();
        Assert.Equal(0, (await _proxies[index]!.WaitForExitAsync()).ExitCode);
        await _proxies[index]!.DisposeAsync();
    }

    /// <summary>Waits until an object is as wanted; while the API server is away, that is not so.</summary>
    public async Task<JsonNode> WaitAsync(ApiResource resource, string name, Func<JsonNode, bool> isRight)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(SluiceProcess.Patience);
        while (true)
        {
            if (await FindAsync(resource, name, patience.Token) is { } found && isRight(found))
                return found;
            await Task.Delay(10, patience.Token);
        }
    }

    public async Task<JsonNode?> FindAsync(ApiResource resource, string name, CancellationToken cancellation)
    {
        try
        {
            return await Client.FindAsync(resource, new NamespacedName("default", name), cancellation) is { } json ? JsonNode.Parse(json.Span) : null;
        }
        catch (ApiException)
        {
            return null;
        }
    }

    public static string? Programmed(JsonNode gateway) =>
        (string?)gateway["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == "Programmed")?["status"];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _proxies.Append(_controller))
        {
            if (process is not null)
                await process.DisposeAsync();
        }
        await _backend.DisposeAsync();
        Client.Dispose();
        if (_api is not null)
            await _api.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static IPAddress NewAddress() => new([127, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(0, 255), (byte)Random.Shared.Next(1, 255)]);

    private async Task ApplyAsync()
    {
        await PutAsync(ApiResources.GatewayClasses, "sluice", "'spec':{'controllerName':'sluice.dev/gateway-controller'}");
        await PutAsync(ApiResources.Services, "web", "'spec':{'ports':[{'name':'http','port':80},{'name':'grpc','port':81,'appProtocol':'kubernetes.io/h2c'}]}");
        await PutAsync(ApiResources.EndpointSlices, "web-1", $"'addressType':'IPv4','ports':[{{'name':'http','port':{_backend.Port}}},{{'name':'grpc','port':{_backend.Port}}}],'endpoints':[{{'addresses':['127.0.0.1'],'conditions':{{'ready':true}}}}]", ",'labels':{'kubernetes.io/service-name':'web'}");
        await PutAsync(ApiResources.Gateways, "gw", $"'spec':{{'gatewayClassName':'sluice','listeners':[{{'name':'http','port':{_port},'protocol':'HTTP'}}]}}");
        await PutAsync(ApiResources.HttpRoutes, "web", "'spec':{'hostnames':['web.example'],'parentRefs':[{'name':'gw'}],'rules':[{'backendRefs':[{'name':'web','port':80}]}]}");
        await PutAsync(ApiResources.GrpcRoutes, "calls", "'spec':{'parentRefs':[{'name':'gw'}],'hostnames':['calls.example'],'rules':[{'backendRefs':[{'name':'web','port':81}]}]}");
    }

    private async Task PutAsync(ApiResource resource, string name, string spec, string metadata = "")
    {
        var place = resource.IsNamespaced ? ",'namespace':'default'" : "";
        var body = $"{{'apiVersion':'{resource.ApiVersion}','kind':'{resource.Kind}','metadata':{{'name':'{name}'{place}{metadata}}},{spec}}}".Replace('\'', '"');
        await Client.ApplyAsync(resource, new NamespacedName(resource.IsNamespaced ? "default" : "", name), Encoding.UTF8.GetBytes(body), new WriteOptions { Force = true, FieldManager = "test" });
    }

    private async Task GiveAddressAsync()
    {
        await WaitAsync(ApiResources.Services, "gw-sluice", _ => true);
        await Client.PatchAsync(ApiResources.Services, new NamespacedName("default", "gw-sluice"), PatchType.Merge, """{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.10"}]}}}"""u8.ToArray(), WriteOptions.Status, TestContext.Current.CancellationToken);
    }

    private async Task WriteCredentialsAsync()
    {
        var authorities = await WaitAsync(ApiResources.ConfigMaps, "gw-sluice-stream-ca", _ => true);
        await WaitAsync(ApiResources.ServiceAccounts, "gw-sluice", _ => true);
        await File.WriteAllTextAsync(PathOf("ca.crt"), (string)authorities["data"]!["ca.crt"]!);
        using var http = new HttpClient();
        using var body = new StringContent("""{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{"audiences":["sluice.dev/config-stream"]}}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"http://{_apiAddress}/api/v1/namespaces/default/serviceaccounts/gw-sluice/token"), body, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(PathOf("token"), (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!["token"]!);
    }
}
