using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Infrastructure;
using Sluice.Translation.Infrastructure;

namespace Sluice.Translation.Tests.Infrastructure;

public sealed class GatewayServiceBuilderTests
{
    private static readonly string LongName = new('g', 253);

    [Fact]
    public void Build_InfrastructureMetadata_IsOnTheService()
    {
        var service = GatewayServiceBuilder.Build(Named("web", new() { ["key2"] = "value2", [GatewayLabels.GatewayName] = "other" }), [(443, "HTTPS"), (80, "HTTP"), (443, "TLS"), (443, "UDP")]);

        Assert.Equal(new NamespacedName("infra", "web-sluice"), service.Key);
        Assert.Equal("value2", service.Labels["key2"]);
        Assert.Equal("web", service.Labels[GatewayLabels.GatewayName]);
        Assert.Equal("value1", service.Annotations["key1"]);
        Assert.Equal([new ServicePort("tcp-80", 80), new ServicePort("tcp-443", 443), new ServicePort("udp-443", 443, Protocol: "UDP")], service.Ports);
    }

    [Fact]
    public void Build_LongNames_StayWithin63CharactersAndApart()
    {
        var one = GatewayServiceBuilder.Build(Named(LongName, []), []);
        var other = GatewayServiceBuilder.Build(Named(LongName[..252] + "h", []), []);

        Assert.Equal(63, one.Key.Name.Length);
        Assert.NotEqual(one.Key, other.Key);
        Assert.Equal(63, one.Labels[GatewayLabels.GatewayName].Length);
        Assert.NotEqual(one.Labels[GatewayLabels.GatewayName], other.Labels[GatewayLabels.GatewayName]);
    }

    [Fact]
    public void Build_NameWithDots_IsNoOtherGatewaysName()
    {
        var one = GatewayServiceBuilder.Build(Named("a.b", []), []);
        var other = GatewayServiceBuilder.Build(Named("a-b", []), []);

        Assert.DoesNotContain('.', one.Key.Name);
        Assert.NotEqual(one.Key, other.Key);
    }

    private static Gateway Named(string name, Dictionary<string, string> labels) => new()
    {
        Metadata = new ObjectMeta { Namespace = "infra", Name = name },
        GatewayClassName = "sluice",
        Listeners = [],
        Infrastructure = new GatewayInfrastructure { Labels = labels, Annotations = new Dictionary<string, string> { ["key1"] = "value1" } },
    };
}
