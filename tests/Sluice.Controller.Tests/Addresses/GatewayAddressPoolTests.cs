using System.Net;
using Sluice.Controller.Addresses;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Addresses;

public sealed class GatewayAddressPoolTests
{
    private static readonly string[] ControllerNames = ["sluice.dev/gateway-controller"];

    private readonly GatewayAddressPool _pool = new(AddressRange.From(IPAddress.Loopback), ControllerNames, IPAddress.IsLoopback);

    [Fact]
    public void Assign_GatewaysOnDifferentPorts_ShareTheFirstAddress() =>
        Assert.Equal("a=127.0.0.1 b=127.0.0.1", Assign(Gateway("a", 80), Gateway("b", 81)));

    [Fact]
    public void Assign_GatewaysOnTheSamePort_GetAddressesInOrderOfNames() =>
        Assert.Equal("a=127.0.0.1 b=127.0.0.2 c=127.0.0.3", Assign(Gateway("c", 80), Gateway("a", 80), Gateway("b", 80)));

    [Fact]
    public void Assign_OnePortTaken_MovesAllListeners() =>
        Assert.Equal("a=127.0.0.1 b=127.0.0.2", Assign(Gateway("a", 80), Gateway("b", 8080, 80)));

    [Fact]
    public void Assign_NewGatewayThatSortsFirst_LeavesTheOthersAlone()
    {
        Assign(Gateway("b", 80));

        Assert.Equal("a=127.0.0.2 b=127.0.0.1", Assign(Gateway("a", 80), Gateway("b", 80)));
    }

    [Fact]
    public void Assign_AddressesOfBefore_AreKept()
    {
        _pool.Remember(new NamespacedName("default", "b"), "127.0.0.1");
        _pool.Remember(new NamespacedName("default", "c"), "127.0.0.5");
        _pool.Remember(new NamespacedName("default", "a"), "192.0.2.1");

        Assert.Equal("a=127.0.0.2 b=127.0.0.1 c=127.0.0.5", Assign(Gateway("a", 80), Gateway("b", 80), Gateway("c", 80)));
    }

    [Fact]
    public void Assign_GatewayRemoved_FreesItsAddress()
    {
        Assign(Gateway("a", 80), Gateway("b", 80));

        Assert.Equal("b=127.0.0.2 c=127.0.0.1", Assign(Gateway("b", 80), Gateway("c", 80)));
    }

    [Fact]
    public void Assign_GatewayTakesAPortOfAnother_MovesItself()
    {
        Assign(Gateway("a", 80), Gateway("b", 81));

        Assert.Equal("a=127.0.0.2 b=127.0.0.1", Assign(Gateway("a", 80, 81), Gateway("b", 81)));
    }

    [Fact]
    public void Assign_GatewayAddsAFreePort_KeepsItsAddress()
    {
        Assign(Gateway("a", 80), Gateway("b", 80));

        Assert.Equal("a=127.0.0.1 b=127.0.0.2", Assign(Gateway("a", 80), Gateway("b", 80, 81)));
    }

    [Fact]
    public void Assign_AddressAskedFor_IsGivenBeforeOthersAreServed() =>
        Assert.Equal("a=127.0.0.2 b=127.0.0.1", Assign(Gateway("a", 80), Snapshots.Gateway("b", "127.0.0.1", ports: 80)));

    [Fact]
    public void Assign_AddressOfAnotherMachine_IsAProblem()
    {
        var snapshot = Snapshots.Of(Snapshots.Gateway("a", "192.0.2.1", ports: 80));
        _pool.Prepare(snapshot);

        var addressing = _pool.Assign(snapshot.Gateways[new NamespacedName("default", "a")]);

        Assert.Empty(addressing.Bind);
        Assert.Contains("192.0.2.1 is not an address of this machine", addressing.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_AddressAskedForByTwo_IsAProblemOfTheSecond()
    {
        var snapshot = Snapshots.Of(Snapshots.Gateway("a", "127.0.0.5", ports: 80), Snapshots.Gateway("b", "127.0.0.5", ports: 80));
        _pool.Prepare(snapshot);

        Assert.Null(_pool.Assign(snapshot.Gateways[new NamespacedName("default", "a")]).Problem);
        Assert.Contains("Gateway default/a has one of the ports", _pool.Assign(snapshot.Gateways[new NamespacedName("default", "b")]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_PoolExhausted_SaysWhoHasTheAddress()
    {
        var pool = new GatewayAddressPool([IPAddress.Parse("192.0.2.1")], ControllerNames);
        var snapshot = Snapshots.Of(Gateway("a", 80), Gateway("b", 80));
        pool.Prepare(snapshot);

        var addressing = pool.Assign(snapshot.Gateways[new NamespacedName("default", "b")]);

        Assert.Empty(addressing.Bind);
        Assert.Contains("Gateway default/a", addressing.Problem, StringComparison.Ordinal);
        Assert.Contains("--address-pool", addressing.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_GatewayOfAnotherController_GetsNothing()
    {
        const string Foreign = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: other}\nspec: {controllerName: example.com/other}\n";

        Assert.Equal("b=127.0.0.1", Assign(Foreign, Snapshots.Gateway("a", className: "other", ports: 80), Gateway("b", 80)));
    }

    private static string Gateway(string name, params int[] ports) => Snapshots.Gateway(name, ports: ports);

    private string Assign(params string[] manifests)
    {
        var snapshot = Snapshots.Of(manifests);
        _pool.Prepare(snapshot);
        return string.Join(' ', snapshot.Gateways.Values
            .Where(gateway => gateway.GatewayClassName != "other")
            .OrderBy(gateway => gateway.Metadata.Name, StringComparer.Ordinal)
            .Select(gateway => $"{gateway.Metadata.Name}={string.Join(',', _pool.Assign(gateway).Bind)}"));
    }
}
