using Sluice.Controller.DevTls;
using Sluice.Controller.Standalone;
using Sluice.Controller.Tests.Support;

namespace Sluice.Controller.Tests.DevTls;

public sealed class WantedCertificatesTests
{
    [Fact]
    public void Find_ListenerWithHostname_IsForItAndTheRoutesThatItsWildcardDoesNotCover()
    {
        var wanted = Single(
            Gateway("listeners: [{name: a, port: 443, protocol: HTTPS, hostname: '*.example.com', tls: {certificateRefs: [{name: cert}]}}]"),
            Route("r1", "web", "x.example.com", "deep.x.example.com", "other.org"));

        Assert.Equal("default/cert", wanted.Secret.ToString());
        Assert.Equal(["*.example.com", "deep.x.example.com"], wanted.Names);
        Assert.Empty(wanted.Addresses);
        Assert.Equal("--resolve deep.x.example.com:8443:127.0.0.1 https://deep.x.example.com:8443/", wanted.Example!.Curl());
    }

    [Fact]
    public void Find_ListenerWithoutHostname_IsForItsRoutesAndAddresses()
    {
        var wanted = Single(
            Gateway("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]"),
            Route("r1", "web", "shop.example.com", "*.wild.org"));

        Assert.Equal(["*.wild.org", "localhost", "shop.example.com"], wanted.Names);
        Assert.Equal(["127.0.0.1"], wanted.Addresses);
    }

    [Fact]
    public void Find_NoHostnameAtAll_OffersTheAddress()
    {
        var wanted = Single(Gateway("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]"));

        Assert.Equal(["localhost"], wanted.Names);
        Assert.Equal("https://127.0.0.1:8443/", wanted.Example!.Curl());
    }

    [Fact]
    public void Find_RouteOfAnotherListener_DoesNotCount()
    {
        var wanted = Single(
            Gateway("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]"),
            Route("r1", "web, sectionName: b", "b.example.com"),
            Route("r2", "web, port: 444", "c.example.com"),
            Route("r3", "web, namespace: elsewhere", "d.example.com"),
            Route("r4", "web, sectionName: a, port: 443", "e.example.com"));

        Assert.Equal(["e.example.com", "localhost"], wanted.Names);
    }

    [Fact]
    public void Find_OneSecretForSeveralListeners_IsForAllOfThem()
    {
        var wanted = Single(Gateway("""
            listeners:
              - {name: a, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {certificateRefs: [{name: cert}]}}
              - {name: b, port: 443, protocol: TLS, hostname: b.example.com, tls: {mode: Terminate, certificateRefs: [{name: cert}]}}
            """));

        Assert.Equal(["a.example.com", "b.example.com"], wanted.Names);
    }

    [Fact]
    public void Find_ListenerSet_IsForItsOwnRoutesInItsOwnNamespace()
    {
        var wanted = Single(
            Gateway("listeners: [{name: a, port: 80, protocol: HTTP}]"),
            "apiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {name: set, namespace: team}\nspec:\n  parentRef: {name: web, namespace: default}\n  listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]\n",
            Route("r1", "set, kind: ListenerSet, namespace: team", "team.example.com"),
            Route("r2", "web", "web.example.com"));

        Assert.Equal("team/cert", wanted.Secret.ToString());
        Assert.Equal(["localhost", "team.example.com"], wanted.Names);
    }

    [Theory]
    [InlineData("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: there}]}}]")]
    [InlineData("listeners: [{name: a, port: 443, protocol: TLS, hostname: a.example, tls: {mode: Passthrough}}]")]
    [InlineData("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{group: other.example, kind: Vault, name: cert}]}}]")]
    [InlineData("listeners: [{name: a, port: 80, protocol: HTTP}]")]
    public void Find_NothingMissing_IsEmpty(string listeners) => Assert.Empty(Find([Gateway(listeners)]));

    [Fact]
    public void Find_GatewayOfAnotherController_IsNotOurs() => Assert.Empty(Find(
    [
        Gateway("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]"),
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: sluice}\nspec: {controllerName: example.com/other}\n",
    ]));

    [Fact]
    public void Find_MoreNamesThanACertificateHolds_AreLeftOut()
    {
        var hosts = Enumerable.Range(0, WantedCertificates.MaxNames + 50).Select(i => $"h{i}.example.com").Chunk(10);

        var wanted = Single([
            Gateway("listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]"),
            .. hosts.Select((names, i) => Route($"r{i}", "web", names)),
        ]);

        Assert.Equal(WantedCertificates.MaxNames, wanted.Names.Count);
    }

    private static WantedCertificate Single(params string[] manifests) => Assert.Single(Find(manifests));

    private static IReadOnlyList<WantedCertificate> Find(string[] manifests)
    {
        var update = Snapshots.Update([.. manifests, "apiVersion: v1\nkind: Secret\nmetadata: {name: there}\nstringData: {tls.crt: a, tls.key: b}\n"]);
        Assert.Empty(update.Diagnostics);
        var options = new StandaloneOptions { Paths = ["."] };
        return new WantedCertificates(update.Snapshot, gateway => StandaloneTranslation.IsServed(gateway, update.Snapshot, options), _ => ["127.0.0.1"], 8000).Find();
    }

    private static string Gateway(string listeners) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: web}}\nspec:\n  gatewayClassName: sluice\n  {listeners.ReplaceLineEndings("\n  ")}\n";

    private static string Route(string name, string parent, params string[] hostnames) =>
        Snapshots.Route(name, parent, $"  hostnames: [{string.Join(", ", hostnames.Select(host => $"'{host}'"))}]\n  rules: [{{}}]\n");
}
