using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

/// <summary>GEP-1713, beside what the golden cases show.</summary>
public sealed class ListenerSetTests
{
    private static readonly Gateway Open = Gateway("gw", Http("own", hostname: "own.example.com")) with { AllowedListeners = new AllowedListeners { From = FromNamespaces.All } };

    [Fact]
    public void Translate_SamePlace_GoesToTheGatewayThenToTheOldestSet()
    {
        var young = Aged(Set("a", "gw", Http("h", hostname: "set.example.com"), Http("own", hostname: "own.example.com")), 2);
        var old = Aged(Set("b", "gw", Http("h", hostname: "set.example.com")), 1);

        var result = Translate(Open, young, old);

        Assert.Equal("True/Accepted", Says(result, "b", "Accepted"));
        Assert.Equal("False/ListenersNotValid", Says(result, "a", "Accepted"));
        Assert.Equal("False/ListenersNotValid", Says(result, "a", "Programmed"));
        Assert.All(result.ListenerSets[Name("a")].Listeners, listener =>
        {
            Assert.Equal(["False/HostnameConflict", "False/HostnameConflict", "True/ResolvedRefs", "True/HostnameConflict"], listener.Conditions.Select(Text));
            Assert.Empty(listener.SupportedKinds);
            Assert.DoesNotContain("default/b", listener.Conditions[0].Message, StringComparison.Ordinal);
        });
        Assert.Equal(["own", "default/b/h"], Assert.Single(result.Configurations).Listeners.Select(listener => listener.Name));
        Assert.Equal(1, result.Gateways[Name("gw")].AttachedListenerSets);
        Assert.Equal([Name("b"), Name("a")], result.ListenerSetsOf[Name("gw")]);
    }

    [Fact]
    public void Translate_EqualAge_GoesByNamespaceAndName()
    {
        var result = Translate(Open, In(Set("s", "gw", Http("h")), "a-b"), In(Set("s", "gw", Http("h")), "a"));

        // '-' comes before '/'.
        Assert.Equal("True/Accepted", Text(result.ListenerSets[Name("s", "a-b")].Conditions[0]));
        Assert.Equal("False/ListenersNotValid", Text(result.ListenerSets[Name("s", "a")].Conditions[0]));
    }

    [Fact]
    public void Translate_OtherProtocolOnThePort_LosesAndLeavesItsNeighboursAlone()
    {
        var set = Set("s", "gw", Http("tcp") with { Protocol = "TCP" }, Http("http", hostname: "set.example.com"), Http("udp") with { Protocol = "UDP" });

        var result = Translate(Open, set);

        Assert.Equal(["False/ProtocolConflict", "True/Accepted", "True/Accepted"], result.ListenerSets[Name("s")].Listeners.Select(listener => Text(listener.Conditions.Condition("Accepted"))));
        Assert.Equal("True/ListenersNotValid", Says(result, "s", "Accepted"));
        Assert.Equal("not valid: tcp; accepted: http, udp", result.ListenerSets[Name("s")].Conditions[0].Message);
    }

    [Fact]
    public void Translate_DisputeWithinASet_IsWonByNobody()
    {
        var set = Aged(Set("s", "gw", Http("a", 90), Http("b", 90) with { Protocol = "TCP" }, Http("c", 91)), 1);
        var other = Aged(Set("t", "gw", Http("d", 90)), 2);

        var result = Translate(Open, set, other);

        Assert.Equal(["own", "default/s/c"], Assert.Single(result.Configurations).Listeners.Select(listener => listener.Name));
        Assert.Equal("False/ProtocolConflict", Text(result.ListenerSets[Name("t")].Listeners[0].Conditions[0]));
    }

    [Fact]
    public void Translate_OlderSetGoes_LeavesItsPlaceToTheNext()
    {
        var translator = new Translator(new TranslatorOptions());
        var young = Aged(Set("young", "gw", Http("h")), 2);
        var route = Route("web", "young", Rule("/", Backend("web"))) with { ParentRefs = [new ParentReference("young", Kind: "ListenerSet")] };
        var snapshot = Snapshot(Class(), Open, young, route, Service("web"));
        var both = translator.Translate(snapshot.With(Aged(Set("old", "gw", Http("h")), 1)));
        Assert.Equal("NotAllowedByListeners", both.HttpRoutes[Name("web")].Parents[0].Conditions[0].Reason);

        var alone = translator.Translate(snapshot);

        Assert.Equal("Accepted", alone.HttpRoutes[Name("web")].Parents[0].Conditions[0].Reason);
        Assert.Equal(["own", "default/young/h"], alone.Configurations[0].Listeners.Select(listener => listener.Name));
        Assert.Single(alone.Configurations[0].Listeners[1].VirtualHosts);
        Assert.Equal([Name("young")], alone.ListenerSets.Keys);
        Assert.Equal(1, alone.ListenerSets[Name("young")].Listeners[0].AttachedRoutes);
    }

    [Theory]
    [InlineData(FromNamespaces.None, Space, false)]
    [InlineData(FromNamespaces.Same, Space, true)]
    [InlineData(FromNamespaces.Same, "apps", false)]
    [InlineData(FromNamespaces.All, "apps", true)]
    [InlineData(FromNamespaces.Selector, "apps", true)]
    [InlineData(FromNamespaces.Selector, Space, false)]
    public void Translate_AllowedListeners_DecidesByNamespace(FromNamespaces from, string space, bool expected)
    {
        var selector = new LabelSelector(new Dictionary<string, string> { ["team"] = "a" }, []);
        var gateway = Open with { AllowedListeners = new AllowedListeners { From = from, Selector = from == FromNamespaces.Selector ? selector : null } };
        var apps = new Namespace { Metadata = Meta("apps", "") with { Labels = new Dictionary<string, string> { ["team"] = "a" } } };

        var result = Translate(gateway, In(Set("s", "gw", Http("h")), space), apps);

        var status = result.ListenerSets[Name("s", space)];
        Assert.Equal(expected ? ["True/Accepted", "False/Pending"] : ["False/NotAllowed", "False/NotAllowed"], status.Conditions.Select(Text));
        Assert.Equal(expected ? 1 : 0, result.Gateways[Name("gw")].AttachedListenerSets);
        Assert.Equal(expected ? 2 : 1, result.Configurations[0].Listeners.Count);
    }

    [Fact]
    public void Translate_NamespaceGetsItsLabel_AllowsTheSetAndItsRoutes()
    {
        var translator = new Translator(new TranslatorOptions());
        var selector = new LabelSelector(new Dictionary<string, string> { ["team"] = "a" }, []);
        var route = Route("web", "s", Rule("/", Backend("web"))) with { Metadata = Meta("web", "apps"), ParentRefs = [new ParentReference("s", Kind: "ListenerSet")] };
        var snapshot = Snapshot(Class(), Open with { AllowedListeners = new AllowedListeners { From = FromNamespaces.Selector, Selector = selector } }, In(Set("s", "gw", Http("h")), "apps"), route);
        Assert.Equal("NotAllowedByListeners", Reason(translator.Translate(snapshot)));

        var labelled = snapshot.With(new Namespace { Metadata = Meta("apps", "") with { Labels = new Dictionary<string, string> { ["team"] = "a" } } });

        Assert.Equal("Accepted", Reason(translator.Translate(labelled)));
        Assert.Equal("NotAllowedByListeners", Reason(translator.Translate(snapshot)));

        static string Reason(TranslationResult result) => result.HttpRoutes[Name("web", "apps")].Parents[0].Conditions[0].Reason;
    }

    [Fact]
    public void Translate_GatewayNotAccepted_TakesItsSetsAlong()
    {
        var result = Translate(Open with { Addresses = [new GatewayAddress("example.com/odd", "x")] }, Set("s", "gw", Http("h")));

        Assert.Equal(["False/ParentNotAccepted", "False/ParentNotAccepted"], result.ListenerSets[Name("s")].Conditions.Select(Text));
        Assert.Empty(result.Configurations);
        Assert.Equal(0, result.Gateways[Name("gw")].AttachedListenerSets);
    }

    [Fact]
    public void Translate_SetOfAForeignOrMissingGateway_IsNotOurs()
    {
        var result = Translate(Open, Set("s", "missing", Http("h")), Set("t", "gw", Http("h")) with { ParentRef = new ParentReference("gw", Space, "", "Service") });

        Assert.Empty(result.ListenerSets);
    }

    [Fact]
    public void Translate_SetMovesToAnotherGateway_LeavesTheFirst()
    {
        var translator = new Translator(new TranslatorOptions());
        var other = Open with { Metadata = Meta("other"), Listeners = [Http("own", 8080)] };
        var set = Set("s", "gw", Http("h", 81));
        var route = Route("web", "s", Rule("/", Backend("web"))) with { ParentRefs = [new ParentReference("s", Kind: "ListenerSet")] };
        var snapshot = Snapshot(Class(), Open, other, set, route, Service("web"));
        translator.Translate(snapshot);

        var result = translator.Translate(snapshot.With(set with { ParentRef = new ParentReference("other", Space) }));

        Assert.Equal([(1, 0), (2, 1)], result.Configurations.Select(configuration => (configuration.Listeners.Count, configuration.Clusters.Count)));
        Assert.Equal(0, result.Gateways[Name("gw")].AttachedListenerSets);
        Assert.Equal(1, result.Gateways[Name("other")].AttachedListenerSets);
    }

    [Fact]
    public void Translate_ParentRefs_ReachTheListenersOfTheirOwnObjectOnly()
    {
        var route = Route("web", "gw", Rule("/", Backend("web"))) with
        {
            ParentRefs = [new ParentReference("gw", SectionName: "h"), new ParentReference("s", Kind: "ListenerSet"), new ParentReference("s", Kind: "ListenerSet", SectionName: "own")],
        };

        var result = Translate(Open, Set("s", "gw", Http("h")), route, Service("web"));

        var parents = result.HttpRoutes[Name("web")].Parents;
        Assert.Equal(["Gateway", "ListenerSet", "ListenerSet"], parents.Select(parent => parent.ParentRef.Kind));
        Assert.Equal(["False/NoMatchingParent", "True/Accepted", "False/NoMatchingParent"], parents.Select(parent => Text(parent.Conditions[0])));
        Assert.Empty(result.Configurations[0].Listeners[0].VirtualHosts);
        Assert.Single(result.Configurations[0].Listeners[1].VirtualHosts);
    }

    [Fact]
    public void Translate_CertificateOfAnotherNamespace_NeedsAGrantForListenerSets()
    {
        ReferenceGrant Grant(string kind) => new()
        {
            Metadata = Meta(kind.ToLowerInvariant(), "certs"),
            From = [new ReferenceGrantFrom(GatewayApiGroup.Name, kind, Space)],
            To = [new ReferenceGrantTo("", "Secret", null)],
        };
        var listener = Https("h", null, "x") with { Tls = new ListenerTls { CertificateRefs = [new SecretObjectReference("cert", "certs")] } };
        var secret = TestCertificates.Secret("cert", "certs");

        var without = Translate(Open, Set("s", "gw", listener), secret, Grant("Gateway"));
        var with = Translate(Open, Set("s", "gw", listener), secret, Grant("ListenerSet"));

        Assert.Equal(["False/ListenersNotValid", "False/ListenersNotValid"], without.ListenerSets[Name("s")].Conditions.Select(Text));
        Assert.Equal("False/RefNotPermitted", Text(without.ListenerSets[Name("s")].Listeners[0].Conditions.Condition("ResolvedRefs")));
        Assert.Equal(0, without.Gateways[Name("gw")].AttachedListenerSets);
        Assert.Equal("True/Accepted", Says(with, "s", "Accepted"));
        Assert.Equal(2, with.Configurations[0].Listeners.Count);
    }

    [Fact]
    public void Complete_OfASet_FollowsTheDataPlane()
    {
        var result = Translate(Open, Set("s", "gw", Http("a", 81), Http("b", 82)), Set("t", "gw", Http("a", 83)));
        var outcome = new ApplyOutcome(true, [new ApplyFailure("default/s/a", "in use"), new ApplyFailure("default/t/a", "in use")]);

        var one = GatewayProgramming.Complete(Name("s"), result.ListenerSets[Name("s")], outcome);
        var other = GatewayProgramming.Complete(Name("t"), result.ListenerSets[Name("t")], outcome);
        var gateway = GatewayProgramming.Complete(result.Gateways[Name("gw")], outcome, [one, other]);

        Assert.Equal(["True/Accepted", "True/Programmed"], one.Conditions.Select(Text));
        Assert.Equal(["False/PortUnavailable", "True/Accepted"], one.Listeners.Select(listener => Text(listener.Conditions[0])));
        Assert.Equal(["False/ListenersNotValid", "False/ListenersNotValid"], other.Conditions.Select(Text));
        Assert.Equal(1, gateway.AttachedListenerSets);
        Assert.Equal("True/Programmed", Text(gateway.Conditions.Condition("Programmed")));
    }

    private static ListenerSet Aged(ListenerSet set, int day) => set with { Metadata = set.Metadata with { CreationTimestamp = new DateTimeOffset(2025, 1, day, 0, 0, 0, TimeSpan.Zero) } };

    private static ListenerSet In(ListenerSet set, string space) => set with { Metadata = Meta(set.Metadata.Name, space) };

    private static TranslationResult Translate(params KubernetesObject[] objects) => new Translator(new TranslatorOptions()).Translate(Snapshot([Class(), .. objects]));

    private static string Says(TranslationResult result, string set, string type) => Text(result.ListenerSets[Name(set)].Conditions.Condition(type));

    private static string Text(Condition condition) => $"{condition.Status}/{condition.Reason}";
}
