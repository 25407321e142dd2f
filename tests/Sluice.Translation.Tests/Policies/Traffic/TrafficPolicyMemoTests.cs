using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;
using static Sluice.Translation.Tests.Support.PolicyBuild;
using Spec = Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>A changed policy concerns the routes that it reaches, and a changed route its own policies.</summary>
public sealed class TrafficPolicyMemoTests
{
    private const int Many = 2000;
    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_OneOfManyPoliciesChanged_EvaluatesOneRoute()
    {
        var snapshot = Policed();
        var before = Hosts(_translator.Translate(snapshot));
        var (routes, policies) = (_translator.CompiledRoutes, _translator.CompiledPolicies);

        var result = _translator.Translate(snapshot.With(ForTraffic("p17", Target("HTTPRoute", Fleet.Name(17))).Buffering(99)));

        Assert.Equal((routes + 1, policies + 1), (_translator.CompiledRoutes, _translator.CompiledPolicies));
        var after = Hosts(result);
        Assert.Equal(Many - 1, after.Where((host, i) => ReferenceEquals(host, before[i])).Count());
        Assert.Equal(99, after[17].Routes[0].Rule.Policies!.Buffer!.MaxRequestBytes);
    }

    [Fact]
    public void Translate_OneOfManyRoutesChanged_CompilesNoPolicy()
    {
        var snapshot = Policed();
        _translator.Translate(snapshot);
        var (routes, policies) = (_translator.CompiledRoutes, _translator.CompiledPolicies);
        var changed = snapshot.HttpRoutes[Name(Fleet.Name(3))] with { Rules = [Rule("/new", Backend(Fleet.Name(3)))] };

        var after = Hosts(_translator.Translate(snapshot.With(changed)));

        Assert.Equal((routes + 1, policies), (_translator.CompiledRoutes, _translator.CompiledPolicies));
        Assert.Equal(4, after[3].Routes[0].Rule.Policies!.Buffer!.MaxRequestBytes);
    }

    [Fact]
    public void Translate_PolicyThatSaysTheSame_KeepsTheConfiguration()
    {
        var policy = Secured("auth");
        var snapshot = Fleet.Of(2).With(policy, Secret("users", ".htpasswd", Users));
        var before = _translator.Translate(snapshot);

        var restated = _translator.Translate(snapshot.With(policy with { Metadata = policy.Metadata with { Generation = 2 } }));
        var again = _translator.Translate(snapshot.With(policy with { Metadata = policy.Metadata with { Generation = 2 } }, Secret("users", ".htpasswd", Users)));

        Assert.Same(before.Configurations[0], restated.Configurations[0]);
        Assert.Same(before.Configurations[0], again.Configurations[0]);
        Assert.Equal(2, restated.TrafficPolicies[policy.Key].Ancestors[0].Conditions[0].ObservedGeneration);
    }

    [Fact]
    public void Translate_SecretChanged_CompilesWhatUsesItAndNothingElse()
    {
        var snapshot = Policed().With(Secured("auth"), Secret("users", ".htpasswd", Users), Secret("other", "a", "b"));
        _translator.Translate(snapshot);
        var policies = _translator.CompiledPolicies;

        _translator.Translate(snapshot = snapshot.With(Secret("other", "a", "c")));
        Assert.Equal(policies, _translator.CompiledPolicies);

        var result = _translator.Translate(snapshot.With(Secret("users", ".htpasswd", "bob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=")));
        Assert.Equal(policies + 1, _translator.CompiledPolicies);
        Assert.Equal("bob", Assert.Single(Hosts(result)[5].Routes[0].Rule.Policies!.BasicAuth!.Users).Name);
    }

    [Fact]
    public void Translate_EndpointsChanged_LooksAtNoPolicy()
    {
        var snapshot = Policed();
        var before = _translator.Translate(snapshot);
        var (routes, policies) = (_translator.CompiledRoutes, _translator.CompiledPolicies);

        var after = _translator.Translate(snapshot.With(Slice(Fleet.Name(1), "10.9.9.9")));

        Assert.Equal((routes, policies), (_translator.CompiledRoutes, _translator.CompiledPolicies));
        Assert.Same(before.TrafficPolicies, after.TrafficPolicies);
        Assert.Same(before.Configurations[0].Listeners, after.Configurations[0].Listeners);
    }

    [Fact]
    public void Translate_RulesOfOneGateway_ShareWhatItsPolicyHolds()
    {
        var hosts = Hosts(_translator.Translate(Fleet.Of(3).With(Secured("auth"), Secret("users", ".htpasswd", Users))));

        Assert.Same(hosts[0].Routes[0].Rule.Policies!.BasicAuth, hosts[2].Routes[0].Rule.Policies!.BasicAuth);
    }

    private const string Users = "alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=";

    private static Spec.TrafficPolicy Secured(string name) => ForTraffic(name, Target("Gateway", "gw")) with
    {
        Fields = ["basicAuth"],
        BasicAuth = new Spec.BasicAuthPolicy { SecretRef = new Resources.Policies.Common.SecretKeyReference { Name = "users" } },
    };

    private static ResourceSnapshot Policed()
    {
        var snapshot = Fleet.Of(Many);
        var policies = snapshot.TrafficPolicies.ToBuilder();
        for (var i = 0; i < Many; i++)
        {
            var policy = ForTraffic($"p{i}", Target("HTTPRoute", Fleet.Name(i))).Buffering(i + 1);
            policies.Add(policy.Key, policy);
        }
        return snapshot with { TrafficPolicies = policies.ToImmutable() };
    }

    private static IReadOnlyList<VirtualHost> Hosts(TranslationResult result) => Assert.Single(result.Configurations).Listeners[0].VirtualHosts;
}
