using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public class GrpcRouteReadingTests
{
    [Fact]
    public void Read_RouteWithoutAnything_HasNoRules()
    {
        var route = Reads.One<GrpcRoute>(Reads.Object("GRPCRoute", "spec: {}\n"));

        Assert.Equal(new NamespacedName("default", "test"), route.Key);
        Assert.Empty(route.Rules);
        Assert.Equal("GRPCRoute", route.Kind);
    }

    [Fact]
    public void Read_RuleWithoutMatches_MatchesEverything()
    {
        var route = Reads.One<GrpcRoute>(Reads.Object("GRPCRoute", "spec:\n  rules: [{backendRefs: [{name: cart, port: 1}]}, {matches: [{}]}]\n"));

        Assert.All(route.Rules, rule => Assert.Equal(GrpcRouteMatch.DefaultList[0], Assert.Single(rule.Matches)));
    }

    [Fact]
    public void Read_Rule_GivesEveryField()
    {
        var route = Reads.One<GrpcRoute>(Reads.Object("GRPCRoute", """
            spec:
              parentRefs: [{name: gateway, sectionName: http}]
              hostnames: [grpc.example.com]
              rules:
              - name: first
                matches:
                - method: {service: .shop.v1.Cart_2, method: AddItem}
                  headers: [{name: Version, value: "1"}, {name: X-B, value: "^2", type: RegularExpression}]
                - method: {type: RegularExpression, service: "shop\\..*", method: ""}
                filters:
                - {type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 2}, percent: 5}}
                - {type: ExtensionRef, extensionRef: {group: gateway.kgateway.dev, kind: DirectResponse, name: sorry}}
                backendRefs: [{name: cart, port: 50051, weight: 3, filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}]}]
                sessionPersistence: {type: Header, sessionName: x-session}
            """));

        Assert.Equal([new ParentReference("gateway", SectionName: "http")], route.ParentRefs);
        Assert.Equal(["grpc.example.com"], route.Hostnames);
        var rule = Assert.Single(route.Rules);
        Assert.Equal("first", rule.Name);
        Assert.Equal(new GrpcMethodMatch(".shop.v1.Cart_2", "AddItem"), rule.Matches[0].Method);
        Assert.Equal([new HttpValueMatch("Version", "1"), new HttpValueMatch("X-B", "^2", "RegularExpression")], rule.Matches[0].Headers);
        Assert.Equal(new GrpcMethodMatch(@"shop\..*", null, "RegularExpression"), rule.Matches[1].Method);
        Assert.Equal((5, 100), (rule.Filters[0].RequestMirror!.Numerator, rule.Filters[0].RequestMirror!.Denominator));
        Assert.Equal("sorry", rule.Filters[1].ExtensionRef!.Name);
        Assert.Equal(("cart", 3), (rule.BackendRefs[0].Name, rule.BackendRefs[0].Weight));
        Assert.Equal(["x"], rule.BackendRefs[0].Filters[0].ResponseHeaderModifier!.Remove);
        Assert.Equal(("Header", "x-session"), (rule.SessionPersistence!.Type, rule.SessionPersistence.SessionName));
    }

    [Fact]
    public void Read_Version_IsV1Only()
    {
        var file = Reads.Read("apiVersion: gateway.networking.k8s.io/v1beta1\nkind: GRPCRoute\nmetadata: {name: a}\nspec: {}\n");

        Assert.Contains(file.Diagnostics, finding => finding.Severity == ManifestSeverity.Error && finding.Message.Contains("gateway.networking.k8s.io/v1", StringComparison.Ordinal));
    }
}
