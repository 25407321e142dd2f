using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests;

/// <summary>Work and instances from one snapshot to the next: only what changed is done again, only what changed is new.</summary>
public sealed class MemoTests
{
    private const int Many = 5000;
    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_SameSnapshot_ReturnsTheSameResult()
    {
        var snapshot = Fleet.Of(3);

        Assert.Same(_translator.Translate(snapshot), _translator.Translate(snapshot));
    }

    [Fact]
    public void Translate_OneRouteChanged_CompilesOneAndKeepsTheRest()
    {
        var snapshot = Fleet.Of(Many);
        var before = _translator.Translate(snapshot);
        var compiled = _translator.CompiledRoutes;
        Assert.Equal(Many, compiled);
        var key = Name(Fleet.Name(17));
        var changed = snapshot.HttpRoutes[key] with { Rules = [Rule("/new", Backend(Fleet.Name(17)))] };

        var after = _translator.Translate(snapshot.With(changed));

        Assert.Equal(compiled + 1, _translator.CompiledRoutes);
        var (old, current) = (Single(before), Single(after));
        Assert.NotSame(old, current);
        Assert.Same(old.Clusters, current.Clusters);
        Assert.Same(old.Addresses, current.Addresses);
        var (oldHosts, hosts) = (old.Listeners[0].VirtualHosts, current.Listeners[0].VirtualHosts);
        Assert.Equal(Many, hosts.Count);
        Assert.Equal(Many - 1, hosts.Where((host, index) => ReferenceEquals(host, oldHosts[index])).Count());
        Assert.Equal("/new", hosts.Single(host => host.Hostname == $"{Fleet.Name(17)}.example.com").Routes[0].Match.Path.Value);
        Assert.Same(before.HttpRoutes[Name(Fleet.Name(18))], after.HttpRoutes[Name(Fleet.Name(18))]);
        Assert.Same(before.Gateways[Name("gw")], after.Gateways[Name("gw")]);
    }

    [Fact]
    public void Translate_OneOfManyRoutesOnOneHostChanged_KeepsTheOtherEntries()
    {
        var snapshot = Fleet.Of(Many, sharedHost: true);
        var before = Single(_translator.Translate(snapshot)).Listeners[0].VirtualHosts[0].Routes;
        var changed = snapshot.HttpRoutes[Name(Fleet.Name(17))] with { Rules = [Rule("/app-17", Backend(Fleet.Name(17)))] };

        var after = Single(_translator.Translate(snapshot.With(changed))).Listeners[0].VirtualHosts[0].Routes;

        Assert.Equal(Many, after.Count);
        Assert.Equal(Many - 1, after.Intersect(before, ReferenceEqualityComparer.Instance).Count());
        Assert.Equal("/app-17", after[^1].Match.Path.Value);
    }

    [Fact]
    public void Translate_EndpointsChanged_CompilesNothingAndReplacesOneCluster()
    {
        var snapshot = Fleet.Of(Many);
        var before = _translator.Translate(snapshot);
        var compiled = _translator.CompiledRoutes;

        var after = _translator.Translate(snapshot.With(Slice(Fleet.Name(42), "10.9.9.9")));

        Assert.Equal(compiled, _translator.CompiledRoutes);
        var (old, current) = (Single(before), Single(after));
        Assert.Same(old.Listeners, current.Listeners);
        var replaced = Assert.Single(current.Clusters, cluster => !old.Clusters.Contains(cluster, ReferenceEqualityComparer.Instance));
        Assert.Equal($"default/{Fleet.Name(42)}:80", replaced.Name);
        Assert.Equal([new Endpoint("10.9.9.9", 8080)], replaced.Endpoints);
    }

    [Fact]
    public void Translate_EndpointsAnnotationChanged_CompilesNothing()
    {
        var service = Service("web") with { Metadata = Meta("web") with { Annotations = Endpoints("127.0.0.1:1") } };
        var snapshot = Snapshot(Class(), Gateway("gw"), Route("web", "gw", Rule("/", Backend("web"))), service);
        var before = _translator.Translate(snapshot);
        var compiled = _translator.CompiledRoutes;

        var after = _translator.Translate(snapshot.With(service with { Metadata = Meta("web") with { Annotations = Endpoints("127.0.0.1:2") } }));

        Assert.Equal(compiled, _translator.CompiledRoutes);
        Assert.Same(Single(before).Listeners, Single(after).Listeners);
        Assert.Equal([new Endpoint("127.0.0.1", 2)], Assert.Single(Single(after).Clusters).Endpoints);

        static Dictionary<string, string> Endpoints(string value) => new() { [Resources.Core.Service.EndpointsAnnotation] = value };
    }

    [Fact]
    public void Translate_EqualEndpoints_KeepsTheConfiguration()
    {
        var snapshot = Fleet.Of(2);
        var before = _translator.Translate(snapshot);

        var after = _translator.Translate(snapshot.With(Slice(Fleet.Name(1), "10.0.0.1", 1025)));

        Assert.Same(Single(before), Single(after));
    }

    [Fact]
    public void Translate_RouteWithAnotherGenerationOnly_KeepsTheConfiguration()
    {
        var snapshot = Fleet.Of(2);
        var before = _translator.Translate(snapshot);
        var route = snapshot.HttpRoutes[Name(Fleet.Name(1))];

        var after = _translator.Translate(snapshot.With(route with
        {
            Metadata = route.Metadata with { Generation = 7 },
            Rules = [Rule("/", Backend(Fleet.Name(1)))],
        }));

        Assert.Same(Single(before), Single(after));
        Assert.Equal(7, after.HttpRoutes[route.Key].Parents[0].Conditions[0].ObservedGeneration);
    }

    [Fact]
    public void Translate_OneRuleOfARouteChanged_KeepsTheOtherRules()
    {
        var route = Route("web", "gw", Rule("/a", Backend("web")), Rule("/b", Backend("web")));
        var snapshot = Snapshot(Class(), Gateway("gw"), route, Service("web"));
        var before = Entries(_translator.Translate(snapshot));

        var after = Entries(_translator.Translate(snapshot.With(route with { Rules = [Rule("/a", Backend("web")), Rule("/b", Backend("web") with { Weight = 5 })] })));

        Assert.Same(before[0], after[0]);
        Assert.NotSame(before[1].Rule, after[1].Rule);
        Assert.Same(before[1].Match, after[1].Match);
    }

    [Fact]
    public void Translate_ServiceAppears_CompilesOnlyItsRoutes()
    {
        var snapshot = Fleet.Of(100).With(Route("late", "gw", Rule("/late", Backend("late"))));
        var before = _translator.Translate(snapshot);
        Assert.Equal("BackendNotFound", before.HttpRoutes[Name("late")].Parents[0].Conditions.Condition("ResolvedRefs").Reason);
        var compiled = _translator.CompiledRoutes;

        var after = _translator.Translate(snapshot.With(Service("late")));

        Assert.Equal(compiled + 1, _translator.CompiledRoutes);
        Assert.True(after.HttpRoutes[Name("late")].Parents[0].Conditions.Condition("ResolvedRefs").Status);
        Assert.Contains(Single(after).Clusters, cluster => cluster.Name == "default/late:80");
    }

    [Fact]
    public void Translate_ServiceGoes_AnswersWithErrorAndDropsTheCluster()
    {
        var snapshot = Fleet.Of(3);
        _translator.Translate(snapshot);

        var after = _translator.Translate(snapshot with { Services = snapshot.Services.Remove(Name(Fleet.Name(1))) });

        Assert.Equal(["default/app-00000:80", "default/app-00002:80"], Single(after).Clusters.Select(cluster => cluster.Name));
        Assert.Null(Assert.IsType<ForwardAction>(Single(after).Listeners[0].VirtualHosts[1].Routes[0].Rule.Action).Backends[0].Cluster);
        Assert.Equal("BackendNotFound", after.HttpRoutes[Name(Fleet.Name(1))].Parents[0].Conditions.Condition("ResolvedRefs").Reason);
    }

    [Fact]
    public void Translate_ListenerAdded_AttachesWithoutCompiling()
    {
        var snapshot = Fleet.Of(100);
        var before = _translator.Translate(snapshot);
        var compiled = _translator.CompiledRoutes;

        var after = _translator.Translate(snapshot.With(Gateway("gw", Http(), Http("more", 8080))));

        Assert.Equal(compiled, _translator.CompiledRoutes);
        var (old, current) = (Single(before), Single(after));
        Assert.Same(old.Listeners[0], current.Listeners[0]);
        Assert.Same(old.Clusters, current.Clusters);
        Assert.Equal(100, current.Listeners[1].VirtualHosts.Count);
        Assert.Same(old.Listeners[0].VirtualHosts[0].Routes[0], current.Listeners[1].VirtualHosts[0].Routes[0]);
        Assert.Equal([100, 100], after.Gateways[Name("gw")].Listeners.Select(listener => listener.AttachedRoutes));
    }

    [Fact]
    public void Translate_RoutesOfOtherControllers_AreNotCompiled()
    {
        var snapshot = Fleet.Of(10).With(Class(controller: "example.com/other"));

        var result = _translator.Translate(snapshot);

        Assert.Equal(0, _translator.CompiledRoutes);
        Assert.Empty(result.HttpRoutes);
        Assert.Empty(result.Gateways);
        Assert.Empty(result.GatewayClasses);
        Assert.Empty(result.Configurations);
    }

    [Fact]
    public void Translate_ClassBecomesOursAndForeignAgain_ServesAndStops()
    {
        var snapshot = Fleet.Of(2);
        var foreign = snapshot.With(Class(controller: "example.com/other"));
        _translator.Translate(foreign);

        Assert.Equal(2, Single(_translator.Translate(snapshot)).Clusters.Count);
        Assert.Empty(_translator.Translate(foreign).Configurations);
        Assert.Equal(2, Single(_translator.Translate(snapshot)).Clusters.Count);
    }

    [Fact]
    public void Translate_StatusesOfEqualRoutes_ShareOneInstance()
    {
        var result = _translator.Translate(Fleet.Of(10));

        Assert.Single(result.HttpRoutes.Values.Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void Translate_SharedService_SharesOneName()
    {
        var result = _translator.Translate(Snapshot(Class(), Gateway("gw"), Service("web"),
            Route("a", "gw", Rule("/a", Backend("web"))), Route("b", "gw", Rule("/b", Backend("web")))));

        var names = Entries(result).Select(entry => ((ForwardAction)entry.Rule.Action).Backends[0].Cluster).ToList();
        Assert.Same(names[0], names[1]);
        Assert.Same(names[0], Single(result).Clusters[0].Name);
    }

    [Fact]
    public void Translate_ServiceOfAMirrorComesAndGoes_CompilesItsRoutesAlone()
    {
        var snapshot = Fleet.Of(10).With(Mirrored("copied", () => Backend("copy")));
        var before = _translator.Translate(snapshot);
        var compiled = _translator.CompiledRoutes;
        Assert.Null(MirrorOf(before));
        Assert.Equal("BackendNotFound", before.HttpRoutes[Name("copied")].Parents[0].Conditions.Condition("ResolvedRefs").Reason);

        var with = _translator.Translate(snapshot.With(Service("copy")));
        Assert.Equal(compiled + 1, _translator.CompiledRoutes);
        Assert.Equal("default/copy:80", MirrorOf(with));
        Assert.Contains(Single(with).Clusters, cluster => cluster.Name == "default/copy:80");

        var without = _translator.Translate(snapshot);
        Assert.Equal(compiled + 2, _translator.CompiledRoutes);
        Assert.Null(MirrorOf(without));
        Assert.DoesNotContain(Single(without).Clusters, cluster => cluster.Name == "default/copy:80");

        string? MirrorOf(TranslationResult result) => Entries(result, "*").Single(entry => entry.Rule.Route.EndsWith("copied", StringComparison.Ordinal)).Rule.Mirrors[0].Cluster;
    }

    [Fact]
    public void Translate_RouteOfEqualPolicies_KeepsItsRule()
    {
        var snapshot = Snapshot(Class(), Gateway("gw"), Service("web"), Service("copy"), Mirrored("same", () => Backend("copy")));
        var before = Entries(_translator.Translate(snapshot))[0].Rule;

        // Read anew: every part is another instance with the same content.
        var after = Entries(_translator.Translate(snapshot.With(Mirrored("same", () => Backend("copy")) with { Metadata = Meta("same", generation: 2) })))[0].Rule;
        var changed = Entries(_translator.Translate(snapshot.With(Mirrored("same", () => Backend("copy"), maxAge: 6))))[0].Rule;

        Assert.Same(before, after);
        Assert.NotSame(before, changed);
        Assert.Equal(TimeSpan.FromSeconds(6), changed.Cors!.MaxAge);
    }

    private static HttpRoute Mirrored(string name, Func<BackendObjectReference> mirror, int maxAge = 5) => Route(name, "gw", Rule("/", Backend("web")) with
    {
        Filters =
        [
            new HttpRouteFilter { Type = "RequestMirror", RequestMirror = new HttpRequestMirror(mirror(), 1, 2) },
            new HttpRouteFilter { Type = "CORS", Cors = new HttpCorsFilter { AllowOrigins = ["https://a.example"], AllowHeaders = ["X"], MaxAge = maxAge } },
        ],
        Timeouts = new HttpRouteTimeouts(TimeSpan.FromSeconds(1), null),
        Retry = new HttpRouteRetry([500], 2, null),
        SessionPersistence = new RouteSessionPersistence { SessionName = "s" },
    });

    private static IReadOnlyList<RouteEntry> Entries(TranslationResult result, string hostname) =>
        Single(result).Listeners[0].VirtualHosts.Single(host => host.Hostname == hostname).Routes;

    private static ProxyConfiguration Single(TranslationResult result) => Assert.Single(result.Configurations);

    private static IReadOnlyList<RouteEntry> Entries(TranslationResult result) => Single(result).Listeners[0].VirtualHosts[0].Routes;
}
