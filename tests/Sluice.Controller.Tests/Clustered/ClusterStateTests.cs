using System.Text;
using Sluice.Controller.Clustered;
using Sluice.Controller.Statuses;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

public sealed class ClusterStateTests
{
    private const string Ours = "sluice.dev/gateway-controller";

    private readonly StatusBook _book = new([Ours], TimeProvider.System);
    private readonly ClusterState _state;
    private readonly List<string> _needed = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), ClusterObject> _known = [];
    private int _version;

    public ClusterStateTests()
    {
        _state = new ClusterState([Ours], _book) { Needed = (kind, key) => _needed.Add($"{kind} {key}") };
        Put("GatewayClass", "", "ours", $$"""{"controllerName":"{{Ours}}"}""");
        Put("GatewayClass", "", "other", """{"controllerName":"other.example/c"}""");
        _state.ReferencesListed();
    }

    [Fact]
    public void Take_OurRoutes_AreInTheSnapshot_AndThoseOfOthersAreNot()
    {
        PutGateway("mine", "ours");
        PutGateway("theirs", "other");
        PutRoute("a", "mine");
        PutRoute("b", "theirs");

        var snapshot = _state.Take()!.Value.Snapshot;

        Assert.Equal(["mine"], snapshot.Gateways.Keys.Select(key => key.Name));
        Assert.Equal(["a"], snapshot.HttpRoutes.Keys.Select(key => key.Name));
        Assert.Equal(["ours"], snapshot.GatewayClasses.Keys.Select(key => key.Name));
    }

    [Fact]
    public void Take_RouteOfOthersChanges_GivesNothing()
    {
        PutGateway("theirs", "other");
        PutRoute("b", "theirs");
        _state.Take();

        PutRoute("b", "theirs", hostname: "new.example");

        Assert.Null(_state.Take());
        Assert.Equal(1, _book.Count); // The class that is ours.
    }

    [Fact]
    public void Take_OnlyStatusChanged_GivesNothing()
    {
        PutGateway("mine", "ours");
        PutRoute("a", "mine");
        _state.Take();

        PutRoute("a", "mine", status: """{"parents":[]}""");

        Assert.Null(_state.Take());
    }

    [Fact]
    public void Take_OneRouteChanged_KeepsTheInstancesOfTheOthers()
    {
        PutGateway("mine", "ours");
        PutRoute("a", "mine");
        PutRoute("b", "mine");
        var before = _state.Take()!.Value.Snapshot;

        PutRoute("a", "mine", hostname: "new.example");
        var after = _state.Take()!.Value.Snapshot;

        Assert.NotSame(before.HttpRoutes[Key("a")], after.HttpRoutes[Key("a")]);
        Assert.Same(before.HttpRoutes[Key("b")], after.HttpRoutes[Key("b")]);
        Assert.Same(before.Gateways, after.Gateways);
    }

    [Fact]
    public void Take_ClassComesLast_BringsItsGatewaysAndRoutes()
    {
        PutGateway("g", "late");
        PutRoute("a", "g");
        Put("ListenerSet", "n", "s", """{"parentRef":{"name":"g"},"listeners":[{"name":"l","port":81,"protocol":"HTTP"}]}""");
        Put("HTTPRoute", "n", "of-set", """{"parentRefs":[{"kind":"ListenerSet","name":"s"}]}""");
        Assert.Empty(_state.Take()!.Value.Snapshot.HttpRoutes);

        Put("GatewayClass", "", "late", $$"""{"controllerName":"{{Ours}}"}""");
        var snapshot = _state.Take()!.Value.Snapshot;

        Assert.Single(snapshot.Gateways);
        Assert.Single(snapshot.ListenerSets);
        Assert.Equal(["a", "of-set"], snapshot.HttpRoutes.Keys.Select(key => key.Name).Order());
    }

    [Fact]
    public void Take_ClassGoes_TakesItsGatewaysAndRoutesAlong()
    {
        PutGateway("mine", "ours");
        PutRoute("a", "mine");
        _state.Take();

        _state.Remove("GatewayClass", new NamespacedName("", "ours"));
        var snapshot = _state.Take()!.Value.Snapshot;

        Assert.Empty(snapshot.Gateways);
        Assert.Empty(snapshot.HttpRoutes);
    }

    [Fact]
    public void Take_GatewayWithCertificate_WaitsUntilTheSecretIsRead()
    {
        PutGateway("mine", "ours", secret: "cert");

        Assert.Empty(_state.Take()!.Value.Snapshot.Gateways);
        Assert.Equal(["Secret n/cert"], _needed);
        Found("cert", Secret("a"));
        var snapshot = _state.Take()!.Value.Snapshot;

        Assert.Single(snapshot.Gateways);
        Assert.Single(snapshot.Secrets);
    }

    [Fact]
    public void Take_SecretThatDoesNotExist_IsWaitedForNoLonger()
    {
        PutGateway("mine", "ours", secret: "cert");
        _state.Take();

        _state.Found("Secret", Key("cert"), null);
        var snapshot = _state.Take()!.Value.Snapshot;

        Assert.Single(snapshot.Gateways);
        Assert.Empty(snapshot.Secrets);
    }

    [Fact]
    public void Take_GatewayGetsAnotherCertificate_StaysAsItWasUntilThatIsRead()
    {
        PutGateway("mine", "ours", secret: "one");
        _state.Take();
        Found("one", Secret("a"));
        var before = _state.Take()!.Value.Snapshot;

        PutGateway("mine", "ours", secret: "two");
        Assert.Null(_state.Take());
        Found("two", Secret("b"));
        var after = _state.Take()!.Value.Snapshot;

        Assert.NotSame(before.Gateways[Key("mine")], after.Gateways[Key("mine")]);
        Assert.Equal(["two"], after.Secrets.Keys.Select(key => key.Name));
    }

    [Fact]
    public void Set_SecretThatNobodyRefersTo_IsNotKept()
    {
        Put("Secret", "n", "password", "", """,'type':'Opaque','data':{'a':'aGVsbG8='}""");

        Assert.Same(ClusterObject.Unneeded, _known[("Secret", Key("password"))]);
        Assert.Empty(_state.Take()!.Value.Snapshot.Secrets);
    }

    [Fact]
    public void Set_SecretRotated_ReplacesIt()
    {
        PutGateway("mine", "ours", secret: "cert");
        _state.Take();
        Found("cert", Secret("a"));
        var before = _state.Take()!.Value.Snapshot.Secrets[Key("cert")];

        Put("Secret", "n", "cert", "", Secret("b"));
        var after = _state.Take()!.Value.Snapshot.Secrets[Key("cert")];

        Assert.NotEqual(before.Data["tls.crt"], after.Data["tls.crt"]);
    }

    [Fact]
    public void Found_AfterTheWatchHasTold_IsOlderAndIgnored()
    {
        PutGateway("mine", "ours", secret: "cert");
        _state.Take();
        Put("Secret", "n", "cert", "", Secret("new"));

        Found("cert", Secret("old"));

        Assert.Equal("new", Encoding.UTF8.GetString(_state.Take()!.Value.Snapshot.Secrets[Key("cert")].Data["tls.crt"]));
    }

    [Fact]
    public void Remove_GatewayThatUsedASecret_LetsItGo()
    {
        PutGateway("mine", "ours", secret: "cert");
        _state.Take();
        Found("cert", Secret("a"));
        _state.Take();

        _state.Remove("Gateway", Key("mine"));

        Assert.Empty(_state.Take()!.Value.Snapshot.Secrets);
        Assert.False(_state.IsNeeded("Secret", Key("cert")));
    }

    [Fact]
    public void Take_RouteThatCannotBeServed_IsToldOf_AndLeavesTheSnapshot()
    {
        PutGateway("mine", "ours");
        PutRoute("a", "mine");
        _state.Take();

        PutRoute("a", "mine", hostname: "UPPER.example");
        var (snapshot, refused) = _state.Take()!.Value;

        Assert.Empty(snapshot.HttpRoutes);
        Assert.Equal("a", Assert.Single(refused).Key.Name);
    }

    [Fact]
    public void Take_RouteOfOthersThatCannotBeRead_IsNotToldOf()
    {
        PutGateway("theirs", "other");
        PutRoute("a", "theirs", hostname: "UPPER.example");

        Assert.Empty(_state.Take()!.Value.Refused);
    }

    [Fact]
    public void Observe_OurGateway_RemembersItsAddresses()
    {
        PutGateway("mine", "ours", status: """{"addresses":[{"type":"IPAddress","value":"10.1.2.3"},{"value":7},{"type":"Hostname","value":"x.example"}]}""");

        Assert.Equal(["10.1.2.3"], _state.PublishedAddresses[Key("mine")]);
    }

    private void PutGateway(string name, string className, string? secret = null, string? status = null)
    {
        var listener = secret is null
            ? """{"name":"http","port":80,"protocol":"HTTP"}"""
            : $$$"""{"name":"https","port":443,"protocol":"HTTPS","tls":{"certificateRefs":[{"name":"{{{secret}}}"}]}}""";
        Put("Gateway", "n", name, $$"""{"gatewayClassName":"{{className}}","listeners":[{{listener}}]}""", status: status);
    }

    private void PutRoute(string name, string parent, string hostname = "a.example", string? status = null) =>
        Put("HTTPRoute", "n", name, $$"""{"parentRefs":[{"name":"{{parent}}"}],"hostnames":["{{hostname}}"]}""", status: status);

    private void Put(string kind, string ns, string name, string spec, string rest = "", string? status = null)
    {
        var key = new NamespacedName(ns, name);
        var read = _state.Read(Kind(kind), Json(ns, name, spec, rest, status), _known.GetValueOrDefault((kind, key)));
        if (_known.TryGetValue((kind, key), out var before) && ReferenceEquals(before, read))
            return;
        _known[(kind, key)] = read;
        _state.Set(kind, key, read);
    }

    private void Found(string name, string rest) =>
        _state.Found("Secret", Key(name), _state.Read(Kind("Secret"), Json("n", name, "", rest, null), null));

    private byte[] Json(string ns, string name, string spec, string rest, string? status) => Encoding.UTF8.GetBytes(
        $"{{\"metadata\":{{\"name\":\"{name}\"{(ns.Length == 0 ? "" : $",\"namespace\":\"{ns}\"")},\"uid\":\"u-{name}\",\"resourceVersion\":\"{++_version}\",\"generation\":1}}"
        + $"{(spec.Length == 0 ? "" : $",\"spec\":{spec}")}{rest.Replace('\'', '"')}{(status is null ? "" : $",\"status\":{status}")}}}");

    private static string Secret(string certificate)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate));
        return $",'type':'kubernetes.io/tls','data':{{'tls.crt':'{data}','tls.key':'{data}'}}";
    }

    private static ClusterKind Kind(string kind) => ClusterKinds.All.Single(known => known.Kind == kind);

    private static NamespacedName Key(string name) => new("n", name);
}
