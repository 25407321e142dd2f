using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Gateways;
using Sluice.Conformance.Statuses;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance;

/// <summary>
/// A cluster that is played (objects in a folder, pods in an echo, endpoints, addresses) and the command that is tested on it.
/// One rig serves one run of the suite.
/// </summary>
internal sealed partial class Rig : IAsyncDisposable
{
    public const string ClassName = "gateway-conformance";
    public const string ControllerName = "sluice.dev/gateway-controller";
    private readonly RigOptions _options;
    private readonly PodNetwork _network;
    private readonly List<EchoProcess> _echoes = [];
    private readonly List<DnsResponder> _responders = [];
    private readonly List<Pod> _pods = [];
    private readonly Lock _lock = new();
    private int _podFiles;

    private Rig(RigOptions options, PodNetwork network, ObjectFolder objects, SluiceProcess sluice)
    {
        _options = options;
        _network = network;
        Objects = objects;
        Sluice = sluice;
    }

    public ObjectFolder Objects { get; }

    public SluiceProcess Sluice { get; }

    public ProbeClient Client { get; } = new();

    public GenerationBook Generations { get; } = new();

    public string DataFolder => _options.Data;

    public PodNetwork Network => _network;

    /// <summary>What the GatewayClass claims.</summary>
    public IReadOnlyList<string> Features { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Placeholders => new Dictionary<string, string>
    {
        ["{GATEWAY_CLASS_NAME}"] = ClassName,
        ["{GATEWAY_CONTROLLER_NAME}"] = ControllerName,
        ["PLACEHOLDER_UNUSABLE_ADDRS"] = _network.Unusable.ToString(),
        ["PLACEHOLDER_USABLE_ADDRS"] = _network.Usable.ToString(),
    };

    public static async Task<Rig> StartAsync(RigOptions options, CancellationToken cancellation)
    {
        var network = PodNetwork.Random();
        var objects = new ObjectFolder(Directory.CreateTempSubdirectory("sluice-conformance-").FullName);
        List<string> arguments = [objects.Path, "--address-pool", network.GatewayRange];
        if (network.PortOffset > 0)
            arguments.AddRange(["--port-offset", network.PortOffset.ToString(CultureInfo.InvariantCulture)]);
        var sluice = await SluiceProcess.StartAsync(options.Sluice, arguments, cancellation);
        var rig = new Rig(options, network, objects, sluice);
        try
        {
            await rig.SetUpAsync(cancellation);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Sluice.DisposeAsync();
        foreach (var echo in _echoes)
            await echo.DisposeAsync();
        foreach (var responder in _responders)
            await responder.DisposeAsync();
        foreach (var certificate in _certificates.Values)
            certificate.Dispose();
        Directory.Delete(Objects.Path, recursive: true);
    }

    private async Task SetUpAsync(CancellationToken cancellation)
    {
        var setUp = new TestRun(this, null, cancellation);
        Objects.Apply(new JsonObject
        {
            ["apiVersion"] = "gateway.networking.k8s.io/v1",
            ["kind"] = "GatewayClass",
            ["metadata"] = new JsonObject { ["name"] = ClassName },
            ["spec"] = new JsonObject { ["controllerName"] = ControllerName },
        });
        await setUp.ClassConditionAsync(ClassName, ConditionExpectation.True("Accepted"));
        Features = (await Sluice.Admin.StatusAsync(cancellation)).Class(ClassName)!.SupportedFeatures;
        var manifest = ManifestFile.Read(await File.ReadAllTextAsync(Path.Combine(DataFolder, "base/manifests.yaml"), cancellation), Placeholders);
        await ApplyAsync([.. Certificates.Documents, .. manifest], cancellation);
        await setUp.NamespacesReadyAsync("gateway-conformance-infra", "gateway-conformance-app-backend", "gateway-conformance-web-backend");
    }
}
