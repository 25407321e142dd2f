using Sluice.Configuration;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests;

public sealed class TranslatorTests
{
    [Fact]
    public void Translate_SimpleRoute_GivesConfigurationAndStatuses()
    {
        var result = new Translator(new TranslatorOptions()).Translate(Snapshot(
            Class(), Gateway("gw"), Route("web", "gw", Rule("/", Backend("web"))), Service("web"), Slice("web", "10.0.0.1")));

        var configuration = Assert.Single(result.Configurations);
        Assert.Equal("default/gw", configuration.Gateway);
        Assert.Equal(["127.0.0.1"], configuration.Addresses);
        var cluster = Assert.Single(configuration.Clusters);
        Assert.Equal("default/web:80", cluster.Name);
        Assert.Equal([new Endpoint("10.0.0.1", 8080)], cluster.Endpoints);
        var host = Assert.Single(Assert.Single(configuration.Listeners).VirtualHosts);
        Assert.Equal("*", host.Hostname);
        var entry = Assert.Single(host.Routes);
        var forward = Assert.IsType<ForwardAction>(entry.Rule.Action);
        Assert.Same(cluster.Name, Assert.Single(forward.Backends).Cluster);
        Assert.Equal("HTTPRoute/default/web", entry.Rule.Route);

        var parent = Assert.Single(result.HttpRoutes[Name("web")].Parents);
        Assert.Equal("default", parent.ParentRef.Namespace);
        Assert.True(parent.Conditions.Condition("Accepted").Status);
        Assert.True(parent.Conditions.Condition("ResolvedRefs").Status);
        var gateway = result.Gateways[Name("gw")];
        Assert.True(gateway.Conditions.Condition("Accepted").Status);
        Assert.Equal("Pending", gateway.Conditions.Condition("Programmed").Reason);
        Assert.Equal(1, Assert.Single(gateway.Listeners).AttachedRoutes);
        Assert.True(result.GatewayClasses[Name("sluice", "")].Conditions.Condition("Accepted").Status);

        var complete = GatewayProgramming.Complete(gateway, ApplyOutcome.Success);
        Assert.True(complete.Conditions.Condition("Programmed").Status);
        Assert.True(complete.Listeners[0].Conditions.Condition("Programmed").Status);
    }
}
