using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Events;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Tests.Statuses;

public sealed class StatusEventsTests
{
    private const string Ours = "sluice.dev/gateway-controller";

    [Fact]
    public void Gateway_ThatIsServedNow_IsTold() =>
        Assert.Equal([(EventType.Normal, "Programmed", "served on 10.0.0.1")], StatusEvents.Of(null, Gateway(programmed: true)));

    [Fact]
    public void Gateway_ThatWasServedBefore_IsNoNews() =>
        Assert.Empty(StatusEvents.Of(JsonNode.Parse("""{"conditions":[{"type":"Programmed","status":"True"}]}"""), Gateway(programmed: true)));

    [Fact]
    public void Gateway_WithAProblem_IsTold_AndPendingIsNone()
    {
        var refused = Gateway(programmed: false) with { Conditions = [new Condition("Programmed", false, "AddressNotUsable", "no such address", 1)] };
        var pending = Gateway(programmed: false) with { Conditions = [new Condition("Programmed", false, "Pending", "", 1)] };

        Assert.Equal([(EventType.Warning, "AddressNotUsable", "Programmed=False: no such address")], StatusEvents.Of(null, refused));
        Assert.Empty(StatusEvents.Of(null, pending));
    }

    [Fact]
    public void Route_WithAProblem_IsToldOnceAndForItsParent()
    {
        var wanted = new RouteStatus([new RouteParentStatus(new ParentReference("web", "n"), Ours, [new Condition("ResolvedRefs", false, "BackendNotFound", "no Service", 1)])]);
        var observed = JsonNode.Parse($$"""{"parents":[{"controllerName":"{{Ours}}","parentRef":{"name":"web"},"conditions":[{"type":"ResolvedRefs","status":"False","reason":"BackendNotFound","message":"no Service"}]}]}""");

        Assert.Equal([(EventType.Warning, "BackendNotFound", "Gateway web: ResolvedRefs=False: no Service")], StatusEvents.Of(null, wanted));
        Assert.Empty(StatusEvents.Of(observed, wanted));
    }

    [Fact]
    public void Listener_ThatConflicts_IsTold()
    {
        var wanted = Gateway(programmed: false) with { Conditions = [], Listeners = [new ListenerStatus("http", [], 0, [new Condition("Conflicted", true, "HostnameConflict", "taken", 1)])] };

        Assert.Equal([(EventType.Warning, "HostnameConflict", "listener http: Conflicted=True: taken")], StatusEvents.Of(null, wanted));
    }

    private static GatewayStatus Gateway(bool programmed) => new([new GatewayAddress("IPAddress", "10.0.0.1")], [new Condition("Programmed", programmed, "Programmed", "", 1)], []);
}
