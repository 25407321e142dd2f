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
    public void Take_ClassGoes_ItsGatewaysStayAsTheyWere_UntilItIsSomebodyElses()
    {
        PutGateway("mine", "ours");
        PutRoute("a", "mine");
        var before = _state.Take()!.Value.Snapshot;

        Gone("GatewayClass", "", "ours");
        PutGateway("late", "ours");
        var without = _state.Take()!.Value.Snapshot;

        Assert.Same(before, without);
        Assert.Equal(["ours"], _state.MissingClasses);

        PutRoute("b", "mine");
        Assert.Equal(["a", "b"], _state.Take()!.Value.Snapshot.HttpRoutes.Keys.Select(key => key.Name).Order());

        Put("GatewayClass", "", "ours", $$"""{"controllerName":"{{Ours}}"}""");
        Assert.Equal(["late", "mine"], _state.Take()!.Value.Snapshot.Gateways.Keys.Select(key => key.Name).Order());
        Assert.Empty(_state.MissingClasses);

        Put("GatewayClass", "", "ours", """{"controllerName":"other.example/c"}""");
        var after = _state.Take()!.Value.Snapshot;
        Assert.Empty(after.Gateways);
        Assert.Empty(after.HttpRoutes);
        Assert.Empty(after.GatewayClasses);
    }

    [Fact]
    public void Take_MissingClass_GoesWithItsLastGateway()
    {
        PutGateway("mine", "ours");
        _state.Take();
        Gone("GatewayClass", "", "ours");
        _state.Take();

        _state.Remove("Gateway", Key("mine"));
        var snapshot = _state.Take()!.Value.Snapshot;

        Assert.Empty(snapshot.Gateways);
        Assert.Empty(snapshot.GatewayClasses);
        Assert.Empty(_state.MissingClasses);
    }

    [Fact]
    public void Take_GatewayNamesAClassThatIsNotThere_StaysAsItWas()
    {
        PutGateway("mine", "ours");
        var before = _state.Take()!.Value.Snapshot;

        PutGateway("mine", "nowhere");

        Assert.Null(_state.Take());
        Put("GatewayClass", "", "nowhere", """{"controllerName":"other.example/c"}""");
        Assert.NotSame(before, _state.Take()!.Value.Snapshot);
    }

    [Fact]
    public void Take_BackendsThatNothingOfOursLeadsTo_StayOut_AndTheirChangesGiveNothing()
    {
        PutGateway("mine", "ours");
        PutGateway("theirs", "other");
        PutRoute("a", "mine", backend: "used");
        PutRoute("b", "theirs", backend: "strange");
        foreach (var name in new[] { "used", "strange" })
            PutBackend(name, "10.0.0.1");
        Put("DirectResponse", "n", "unused", """{"status":200}""");
        var snapshot = _state.Take()!.Value.Snapshot;
        Assert.Equal(["used"], snapshot.Services.Keys.Select(key => key.Name));
        Assert.Equal(["used-1"], snapshot.EndpointSlices.Keys.Select(key => key.Name));
        Assert.Empty(snapshot.DirectResponses);

        PutBackend("strange", "10.0.0.2");
        Put("DirectResponse", "n", "unused", """{"status":201}""");
        _state.Remove("EndpointSlice", Key("strange-1"));

        Assert.Null(_state.Take());
    }

    /// <summary>What policies name is kept, as what Gateways and routes name is.</summary>
    [Fact]
    public void Take_Policies_BringWhatTheyName()
    {
        PutBackend("auth", "10.0.0.1");
        PutBackend("collector", "10.0.0.2");
        PutBackend("unused", "10.0.0.3");
        Put("GatewayExtension", "n", "login", """{"extAuth":{"grpcService":{"backendRef":{"name":"auth","port":80}}}}""");
        Put("HTTPListenerPolicy", "n", "traces", """{"tracing":{"provider":{"openTelemetry":{"grpcService":{"backendRef":{"name":"collector","port":80}}}}}}""");
        Put("TrafficPolicy", "n", "users", """{"basicAuth":{"secretRef":{"name":"users"}}}""");
        Put("TrafficPolicy", "n", "limits", """{"rateLimit":{"local":{}}}""");

        var snapshot = _state.Take()!.Value.Snapshot;
        Assert.Equal(["auth", "collector"], snapshot.Services.Keys.Select(key => key.Name).Order());
        Assert.Equal(["login"], snapshot.GatewayExtensions.Keys.Select(key => key.Name));
        Assert.Equal(["limits"], snapshot.TrafficPolicies.Keys.Select(key => key.Name));
        Assert.Equal(["Secret n/users"], _needed);

        Found("users", ",'data':{'.htpasswd':'eA=='}");

        snapshot = _state.Take()!.Value.Snapshot;
        Assert.Equal(["limits", "users"], snapshot.TrafficPolicies.Keys.Select(key => key.Name).Order());
        Assert.Equal(["users"], snapshot.Secrets.Keys.Select(key => key.Name));
        Gone("TrafficPolicy", "n", "users");
        Assert.Empty(_state.Take()!.Value.Snapshot.Secrets);
    }

    [Fact]
    public void Take_RouteThatChangesItsBackend_BringsTheNewOneAndTakesTheOldOneAway()
    {
        PutGateway("mine", "ours");
        PutBackend("one", "10.0.0.1");
        PutBackend("two", "10.0.0.2");
        PutRoute("a", "mine", backend: "one");
        _state.Take();

        PutRoute("a", "mine", backend: "two");
        var changed = _state.Take()!.Value.Snapshot;
        Assert.Equal(["two"], changed.Services.Keys.Select(key => key.Name));
        Assert.Equal(["two-1"], changed.EndpointSlices.Keys.Select(key => key.Name));

        PutBackend("two", "10.0.0.3");
        Assert.Equal(["10.0.0.3"], _state.Take()!.Value.Snapshot.EndpointSlices[Key("two-1")].Endpoints[0].Addresses);

        PutSlice("two-1", "one", "10.0.0.3");
        Assert.Empty(_state.Take()!.Value.Snapshot.EndpointSlices);

        PutSlice("two-1", "two", "10.0.0.3");
        Assert.NotEmpty(_state.Take()!.Value.Snapshot.EndpointSlices);
        _state.Remove("HTTPRoute", Key("a"));
        var empty = _state.Take()!.Value.Snapshot;
        Assert.Empty(empty.Services);
        Assert.Empty(empty.EndpointSlices);
    }

    [Fact]
    public void Take_ServiceOfAMirrorOrAPolicy_IsThere()
    {
        PutGateway("mine", "ours");
        PutBackend("mirrored", "10.0.0.1");
        PutBackend("secured", "10.0.0.1");
        Put("HTTPRoute", "n", "a", """{"parentRefs":[{"name":"mine"}],"rules":[{"filters":[{"type":"RequestMirror","requestMirror":{"backendRef":{"name":"mirrored","port":80}}}]}]}""");
        Put("BackendTLSPolicy", "n", "p", """{"targetRefs":[{"group":"","kind":"Service","name":"secured"}],"validation":{"hostname":"a.example","wellKnownCACertificates":"System"}}""");

        Assert.Equal(["mirrored", "secured"], _state.Take()!.Value.Snapshot.Services.Keys.Select(key => key.Name).Order());
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

    private void PutRoute(string name, string parent, string hostname = "a.example", string? status = null, string? backend = null) =>
        Put("HTTPRoute", "n", name, $$"""{"parentRefs":[{"name":"{{parent}}"}],"hostnames":["{{hostname}}"]{{(backend is null ? "" : $$$""","rules":[{"backendRefs":[{"name":"{{{backend}}}","port":80}]}]""")}}}""", status: status);

    private void PutBackend(string name, string address)
    {
        Put("Service", "n", name, """{"ports":[{"port":80}]}""");
        PutSlice($"{name}-1", name, address);
    }

    private void PutSlice(string name, string service, string address) =>
        Put("EndpointSlice", "n", name, "", $$""","addressType":"IPv4","ports":[{"port":8080}],"endpoints":[{"addresses":["{{address}}"]}]""", labels: $$"""{"kubernetes.io/service-name":"{{service}}"}""");

    private void Gone(string kind, string ns, string name)
    {
        _known.Remove((kind, new NamespacedName(ns, name)));
        _state.Remove(kind, new NamespacedName(ns, name));
    }

    private void Put(string kind, string ns, string name, string spec, string rest = "", string? status = null, string? labels = null)
    {
        var key = new NamespacedName(ns, name);
        var read = _state.Read(Kind(kind), Json(ns, name, spec, rest, status, labels), _known.GetValueOrDefault((kind, key)));
        if (_known.TryGetValue((kind, key), out var before) && ReferenceEquals(before, read))
            return;
        _known[(kind, key)] = read;
        _state.Set(kind, key, read);
    }

    private void Found(string name, string rest) =>
        _state.Found("Secret", Key(name), _state.Read(Kind("Secret"), Json("n", name, "", rest, null), null));

    private byte[] Json(string ns, string name, string spec, string rest, string? status, string? labels = null) => Encoding.UTF8.GetBytes(
        $"{{\"metadata\":{{\"name\":\"{name}\"{(ns.Length == 0 ? "" : $",\"namespace\":\"{ns}\"")},\"uid\":\"u-{name}\",\"resourceVersion\":\"{++_version}\",\"generation\":1{(labels is null ? "" : $",\"labels\":{labels}")}}}"
        + $"{(spec.Length == 0 ? "" : $",\"spec\":{spec}")}{rest.Replace('\'', '"')}{(status is null ? "" : $",\"status\":{status}")}}}");

    private static string Secret(string certificate)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate));
        return $",'type':'kubernetes.io/tls','data':{{'tls.crt':'{data}','tls.key':'{data}'}}";
    }

    private static ClusterKind Kind(string kind) => ClusterKinds.All.Single(known => known.Kind == kind);

    private static NamespacedName Key(string name) => new("n", name);
}
