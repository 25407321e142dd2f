using System.Globalization;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

/// <summary>Thousands of ListenerSets with a certificate each: a change costs work for what changed alone.</summary>
public sealed class ManySetsTests
{
    private const int Sets = 400;
    private const int RoutesPerSet = 4;
    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_OneSecretChanged_ReadsOneAndReplacesOneListener()
    {
        var snapshot = Fleet();
        var before = Single(_translator.Translate(snapshot));
        Assert.Equal(Sets + 1, before.Listeners.Count);
        Assert.Equal((Sets, Sets * RoutesPerSet), (_translator.CertificateReads, _translator.CompiledRoutes));

        var result = _translator.Translate(snapshot.With(TestCertificates.Secret("s00017")));

        var after = Single(result);
        Assert.Equal((Sets + 1, Sets * RoutesPerSet), (_translator.CertificateReads, _translator.CompiledRoutes));
        var replaced = Assert.Single(after.Listeners.Where((listener, index) => !ReferenceEquals(listener, before.Listeners[index])));
        Assert.Equal("default/s00017/https", replaced.Name);
        Assert.Equal(Sets, result.Certificates.Count);
        Assert.Same(before.Clusters, after.Clusters);
        Assert.Same(before.Listeners[18].VirtualHosts, after.Listeners[18].VirtualHosts);
    }

    [Fact]
    public void Translate_OneRouteChanged_ReplacesOneListener()
    {
        var snapshot = Fleet();
        var before = _translator.Translate(snapshot);
        var changed = snapshot.HttpRoutes[Name("r00017-1")] with { Rules = [Rule("/changed", Backend("web"))] };

        var after = _translator.Translate(snapshot.With(changed));

        Assert.Equal(Sets * RoutesPerSet + 1, _translator.CompiledRoutes);
        Assert.Single(Single(after).Listeners.Where((listener, index) => !ReferenceEquals(listener, Single(before).Listeners[index])));
        Assert.Same(before.ListenerSets[Name("s00017")], after.ListenerSets[Name("s00017")]);
    }

    [Fact]
    public void Translate_OneSetAdded_LeavesTheOthersAlone()
    {
        var snapshot = Fleet();
        var before = _translator.Translate(snapshot);

        var after = _translator.Translate(snapshot.With(Set("new", "gw", Https("https", "new.example.com", "s00001"))));

        Assert.Equal((Sets, Sets * RoutesPerSet), (_translator.CertificateReads, _translator.CompiledRoutes));
        Assert.Equal(Sets + 1, Single(after).Listeners.Intersect(Single(before).Listeners, ReferenceEqualityComparer.Instance).Count());
        Assert.All(before.ListenerSets, pair => Assert.Same(pair.Value, after.ListenerSets[pair.Key]));
        Assert.Equal(Sets + 1, after.Gateways[Name("gw")].AttachedListenerSets);
    }

    [Fact]
    public void Translate_SetsComeChangeAndGo_NamesThem()
    {
        var snapshot = Fleet();
        var first = _translator.Translate(snapshot);
        Assert.Equal(Sets, first.ListenerSets.Count);

        var detached = snapshot with { HttpRoutes = snapshot.HttpRoutes.Remove(Name("r00017-1")) };
        var second = _translator.Translate(detached);
        Assert.Equal([Name("s00017")], Changed(first, second));
        Assert.Equal(RoutesPerSet - 1, Assert.Single(second.ListenerSets[Name("s00017")].Listeners).AttachedRoutes);

        var gone = detached with { ListenerSets = detached.ListenerSets.Remove(Name("s00018")) };
        var third = _translator.Translate(gone);
        Assert.Equal([Name("s00018")], Changed(second, third));
        Assert.Equal((Sets - 1, Sets - 1), (third.ListenerSets.Count, third.Gateways[Name("gw")].AttachedListenerSets));

        var back = _translator.Translate(detached);
        Assert.Equal([Name("s00018")], Changed(third, back));
        Assert.Null(Changed(second, back));
        Assert.Equal(Single(second).Listeners.Select(listener => listener.Name), Single(back).Listeners.Select(listener => listener.Name));
    }

    private static IReadOnlyCollection<NamespacedName>? Changed(TranslationResult before, TranslationResult after) =>
        after.ListenerSetChange?.Between(before.ListenerSets, after.ListenerSets);

    private static ProxyConfiguration Single(TranslationResult result) => Assert.Single(result.Configurations);

    private static ResourceSnapshot Fleet()
    {
        var gateway = Gateway("gw", Http("own")) with { AllowedListeners = new AllowedListeners { From = FromNamespaces.Same } };
        var snapshot = Snapshot(Class(), gateway, Service("web"));
        var (certificate, key) = TestCertificates.Leaf();
        var secrets = snapshot.Secrets.ToBuilder();
        var sets = snapshot.ListenerSets.ToBuilder();
        var routes = snapshot.HttpRoutes.ToBuilder();
        for (var i = 0; i < Sets; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"s{i:D5}");
            var secret = TestCertificates.Secret(name, certificate, key);
            secrets.Add(secret.Key, secret);
            var set = Set(name, "gw", Https("https", $"{name}.example.com", name));
            sets.Add(set.Key, set);
            for (var j = 0; j < RoutesPerSet; j++)
            {
                var route = Route($"r{name[1..]}-{j}", name, Rule($"/{j}", Backend("web"))) with { ParentRefs = [new ParentReference(name, Kind: "ListenerSet")] };
                routes.Add(route.Key, route);
            }
        }
        return snapshot with { Secrets = secrets.ToImmutable(), ListenerSets = sets.ToImmutable(), HttpRoutes = routes.ToImmutable() };
    }
}
