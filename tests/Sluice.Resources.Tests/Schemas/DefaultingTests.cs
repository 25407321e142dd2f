using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

public class DefaultingTests
{
    [Fact]
    public void Apply_HttpRouteWithoutRules_GetsTheRuleForEverything()
    {
        var route = Complete("""{"spec":{"parentRefs":[{"name":"web"}]}}""", "gateway.networking.k8s.io", "HTTPRoute");

        Assert.Equal(
            """{"spec":{"parentRefs":[{"name":"web","group":"gateway.networking.k8s.io","kind":"Gateway"}],"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/"}}]}]}}""",
            route.ToJsonString());
    }

    [Fact]
    public void Apply_Nested_FillsInWhatIsBelowADefaultToo()
    {
        var route = Complete("""{"spec":{"rules":[{"matches":[{"method":"GET"}],"backendRefs":[{"name":"a","port":80}]},{}]}}""", "gateway.networking.k8s.io", "HTTPRoute");

        Assert.Equal("/", route["spec"]!["rules"]![0]!["matches"]![0]!["path"]!["value"]!.ToString());
        Assert.Equal("1", route["spec"]!["rules"]![0]!["backendRefs"]![0]!["weight"]!.ToString());
        Assert.Equal("PathPrefix", route["spec"]!["rules"]![1]!["matches"]![0]!["path"]!["type"]!.ToString());
    }

    [Fact]
    public void Apply_DoesNotShareDefaultsBetweenObjects()
    {
        var first = Complete("""{"spec":{}}""", "gateway.networking.k8s.io", "HTTPRoute");
        first["spec"]!["rules"]![0]!["matches"]![0]!["path"]!["value"] = "/changed";

        Assert.Equal("/", Complete("""{"spec":{}}""", "gateway.networking.k8s.io", "HTTPRoute")["spec"]!["rules"]![0]!["matches"]![0]!["path"]!["value"]!.ToString());
    }

    [Fact]
    public void Apply_Null_CountsAsAbsent()
    {
        var gateway = Complete("""{"spec":{"gatewayClassName":"a","infrastructure":null,"listeners":[{"name":"a","port":80,"protocol":"HTTP","allowedRoutes":null}]}}""", "gateway.networking.k8s.io", "Gateway");

        Assert.False(gateway["spec"]!.AsObject().ContainsKey("infrastructure"));
        Assert.Equal("Same", gateway["spec"]!["listeners"]![0]!["allowedRoutes"]!["namespaces"]!["from"]!.ToString());
    }

    [Fact]
    public void Apply_NullThatIsAValue_Stays()
    {
        var item = Complete("""{"involvedObject":{},"eventTime":null}""", "", "Event");

        Assert.True(item.ContainsKey("eventTime"));
    }

    [Fact]
    public void Apply_GivenValues_Stay()
    {
        var service = Complete("""{"spec":{"type":"NodePort","sessionAffinity":"ClientIP","ports":[{"port":80,"protocol":"UDP","targetPort":"web"}]}}""", "", "Service");

        Assert.Equal("UDP", service["spec"]!["ports"]![0]!["protocol"]!.ToString());
        Assert.Equal("web", service["spec"]!["ports"]![0]!["targetPort"]!.ToString());
        Assert.Equal("NodePort", service["spec"]!["type"]!.ToString());
        Assert.Equal("10800", service["spec"]!["sessionAffinityConfig"]!["clientIP"]!["timeoutSeconds"]!.ToString());
    }

    [Fact]
    public void Apply_Service_DependsOnItsType()
    {
        var plain = Complete("""{"spec":{"ports":[{"port":80}]}}""", "", "Service")["spec"]!;
        Assert.Equal("""{"ports":[{"port":80,"protocol":"TCP","targetPort":80}],"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster"}""", plain.ToJsonString());

        var balanced = Complete("""{"spec":{"type":"LoadBalancer","ports":[{"port":80}]}}""", "", "Service")["spec"]!;
        Assert.Equal("Cluster", balanced["externalTrafficPolicy"]!.ToString());
        Assert.Equal("true", balanced["allocateLoadBalancerNodePorts"]!.ToString());

        var external = Complete("""{"spec":{"type":"ExternalName","externalName":"a.example"}}""", "", "Service")["spec"]!;
        Assert.Null(external["internalTrafficPolicy"]);
    }

    [Fact]
    public void Apply_Namespace_GetsTheLabelOfItsName()
    {
        var item = Complete("""{"metadata":{"name":"apps","labels":{"a":"b"}}}""", "", "Namespace");

        Assert.Equal("""{"a":"b","kubernetes.io/metadata.name":"apps"}""", item["metadata"]!["labels"]!.ToJsonString());
    }

    [Fact]
    public void Apply_WrongTypes_AreLeftAlone()
    {
        const string Text = """{"spec":{"rules":"none","parentRefs":{"a":1}}}""";

        Assert.Equal(Text, Complete(Text, "gateway.networking.k8s.io", "HTTPRoute").ToJsonString());
    }

    private static JsonObject Complete(string json, string group, string kind)
    {
        var item = JsonNode.Parse(json)!.AsObject();
        Defaulting.Apply(KindSchemas.Find(group, kind)!, item);
        return item;
    }
}
