using System.Globalization;
using System.Text;
using Sluice.Controller.Clustered;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>Objects of other controllers, and objects that are odd.</summary>
public sealed class ForeignObjectsTests
{
    private const string Ours = "sluice.dev/gateway-controller";

    private readonly StatusBook _book = new([Ours], TimeProvider.System);
    private readonly ClusterState _state;

    public ForeignObjectsTests()
    {
        _state = new ClusterState([Ours], _book);
        Set("GatewayClass", "", "ours", $$"""{"controllerName":"{{Ours}}"}""");
        Set("GatewayClass", "", "other", """{"controllerName":"other.example/c"}""");
        Set("Gateway", "n", "mine", Gateway("ours"));
        _state.ReferencesListed();
        Assert.Equal([new NamespacedName("n", "mine")], _state.Take()!.Value.Snapshot.Gateways.Keys);
    }

    [Fact]
    public void TenThousandGatewaysOfOthers_AreNeitherTranslatedNorKeptTrackOf()
    {
        var known = _book.Count;
        for (var i = 0; i < 10_000; i++)
            Set("Gateway", "n", string.Create(CultureInfo.InvariantCulture, $"theirs-{i}"), Gateway("other"));

        Assert.Null(_state.Take());
        Assert.Equal(known, _book.Count);
        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void RoutesOfOthersThatChange_CostNoTranslation()
    {
        Set("Gateway", "n", "theirs", Gateway("other"));
        for (var i = 0; i < 5_000; i++)
        {
            Set("HTTPRoute", "n", string.Create(CultureInfo.InvariantCulture, $"r{i % 100}"), $$"""{"parentRefs":[{"name":"theirs"}],"hostnames":["h{{i}}.example"],"rules":[{"backendRefs":[{"name":"s","port":80}]}]}""");
            Assert.Null(_state.Take());
        }
        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void AnnotationOfAMegabyte_IsNoObstacle()
    {
        Set("Gateway", "n", "large", Gateway("ours"), $",\"annotations\":{{\"a\":\"{new string('x', 1 << 20)}\"}}");

        var (snapshot, refused) = _state.Take()!.Value;

        Assert.Contains(new NamespacedName("n", "large"), snapshot.Gateways.Keys);
        Assert.Empty(refused);
    }

    /// <summary>An API server sends no such thing; a broken one must not end the watch, or the process.</summary>
    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })]
    public void TextThatIsNone_CostsThatObjectAtMost(byte[] text)
    {
        var json = Json("n", "odd", Gateway("ours"), ",\"annotations\":{\"a\":\"");
        var at = json.AsSpan().IndexOf("\"annotations\""u8) + "\"annotations\":{\"a\":\"".Length;
        byte[] odd = [.. json[..at], .. text, .. "\"}"u8, .. json[at..]];
        try
        {
            var read = _state.Read(Kind("Gateway"), odd, null);
            _state.Set("Gateway", read.Key, read);
        }
        catch (System.Text.Json.JsonException)
        {
            // Told by the watch, which goes on.
        }

        Set("Gateway", "n", "next", Gateway("ours"));
        Assert.Contains(new NamespacedName("n", "next"), _state.Take()!.Value.Snapshot.Gateways.Keys);
    }

    [Fact]
    public async Task ControllerAmongManyGatewaysOfOthers_WritesToNoneOfThem()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.ApplyClassAsync();
        await cluster.ApplyClassAsync("other", "other.example/c");
        for (var i = 0; i < 100; i++)
            await cluster.ApplyGatewayAsync(string.Create(CultureInfo.InvariantCulture, $"theirs-{i}"), 80, "other");
        var (access, door) = await cluster.OpenDoorAsync();
        using (door)
        {
            await cluster.StartControllerAsync(cluster.Host with { Access = access });
            await cluster.ApplyGatewayAsync("mine", TestCluster.FreePort());
            await cluster.WaitAsync(ApiResources.Gateways, "mine", value => TestCluster.IsTrue(value["status"], "Programmed"));
            for (var i = 0; i < 100; i++)
                await cluster.ApplyGatewayAsync(string.Create(CultureInfo.InvariantCulture, $"theirs-{i}"), 81, "other");
            await cluster.ApplyRouteAsync("last", "mine");
            await cluster.WaitAsync(ApiResources.HttpRoutes, "last", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));

            Assert.DoesNotContain(door.Requests, request => request.Method != "GET" && request.Path.Contains("theirs", StringComparison.Ordinal));
        }
    }

    private static string Gateway(string className) => $$"""{"gatewayClassName":"{{className}}","listeners":[{"name":"http","port":80,"protocol":"HTTP"}]}""";

    private void Set(string kind, string ns, string name, string spec, string metadata = "")
    {
        var read = _state.Read(Kind(kind), Json(ns, name, spec, metadata), null);
        _state.Set(kind, read.Key, read);
    }

    private static byte[] Json(string ns, string name, string spec, string metadata) => Encoding.UTF8.GetBytes(
        $"{{\"metadata\":{{\"name\":\"{name}\"{(ns.Length == 0 ? "" : $",\"namespace\":\"{ns}\"")},\"uid\":\"u-{name}\",\"resourceVersion\":\"1\",\"generation\":1{metadata}}},\"spec\":{spec}}}");

    private static ClusterKind Kind(string kind) => ClusterKinds.All.Single(known => known.Kind == kind);
}
