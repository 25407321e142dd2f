using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Tests.Reading;

public class GatewayReadingTests
{
    [Fact]
    public void Read_Gateway_GivesEveryField()
    {
        var gateway = Reads.One<Gateway>("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: edge
              namespace: infra
              labels: {team: net}
              annotations: {example.com/note: "yes"}
              creationTimestamp: "2024-05-01T10:00:00Z"
              resourceVersion: "7"
            spec:
              gatewayClassName: sluice
              addresses:
              - value: 192.0.2.1
              - type: Hostname
                value: edge.example.com
              infrastructure:
                labels: {a: b}
                annotations: {c: d}
                parametersRef: {group: gateway.kgateway.dev, kind: GatewayParameters, name: p}
              listeners:
              - name: http
                port: 80
                protocol: HTTP
              - name: https
                hostname: "*.example.com"
                port: 443
                protocol: HTTPS
                tls:
                  certificateRefs:
                  - name: cert
                    namespace: certs
                  options: {example.com/min: "1.3"}
                allowedRoutes:
                  kinds: [{kind: HTTPRoute}]
                  namespaces:
                    from: Selector
                    selector:
                      matchLabels: {team: web}
                      matchExpressions:
                      - {key: tier, operator: In, values: [a, b]}
            status:
              anything: {goes: here}
            """);

        Assert.Equal(new NamespacedName("infra", "edge"), gateway.Key);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), gateway.Metadata.CreationTimestamp);
        Assert.Equal("net", gateway.Metadata.Labels["team"]);
        Assert.Equal("yes", gateway.Metadata.Annotations["example.com/note"]);
        Assert.Equal([new GatewayAddress("IPAddress", "192.0.2.1"), new GatewayAddress("Hostname", "edge.example.com")], gateway.Addresses);
        Assert.Equal(new ParametersReference("gateway.kgateway.dev", "GatewayParameters", "p"), gateway.Infrastructure!.ParametersRef);
        var (http, https) = (gateway.Listeners[0], gateway.Listeners[1]);
        Assert.Equal(("http", null, 80, "HTTP"), (http.Name, http.Hostname, http.Port, http.Protocol));
        Assert.Same(AllowedRoutes.Default, http.AllowedRoutes);
        Assert.Null(http.Tls);
        Assert.Equal("*.example.com", https.Hostname);
        Assert.Equal("Terminate", https.Tls!.Mode);
        Assert.Equal([new SecretObjectReference("cert", "certs")], https.Tls.CertificateRefs);
        Assert.Equal("1.3", https.Tls.Options["example.com/min"]);
        Assert.Equal(FromNamespaces.Selector, https.AllowedRoutes.From);
        Assert.Equal([new RouteGroupKind(GatewayApiGroup.Name, "HTTPRoute")], https.AllowedRoutes.Kinds);
        var selector = https.AllowedRoutes.Selector!;
        Assert.True(selector.Matches(new Dictionary<string, string> { ["team"] = "web", ["tier"] = "b" }));
        Assert.False(selector.Matches(new Dictionary<string, string> { ["team"] = "web" }));
    }

    [Fact]
    public void Read_GatewayClass_GivesEveryField()
    {
        var gatewayClass = Reads.One<GatewayClass>("""
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: GatewayClass
            metadata: {name: sluice}
            spec:
              controllerName: sluice.dev/gateway-controller
              description: The fast one
              parametersRef: {group: gateway.kgateway.dev, kind: GatewayParameters, name: p, namespace: infra}
            """);

        Assert.Equal(new NamespacedName("", "sluice"), gatewayClass.Key);
        Assert.Equal("sluice.dev/gateway-controller", gatewayClass.ControllerName);
        Assert.Equal("The fast one", gatewayClass.Description);
        Assert.Equal(new ParametersReference("gateway.kgateway.dev", "GatewayParameters", "p", "infra"), gatewayClass.ParametersRef);
    }

    [Fact]
    public void Read_ReferenceGrant_GivesEveryField()
    {
        var grant = Reads.One<ReferenceGrant>("""
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: ReferenceGrant
            metadata: {name: g, namespace: backends}
            spec:
              from:
              - {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: routes}
              to:
              - {group: "", kind: Service}
              - {group: "", kind: Secret, name: one}
            """);

        Assert.Equal([new ReferenceGrantFrom(GatewayApiGroup.Name, "HTTPRoute", "routes")], grant.From);
        Assert.Equal([new ReferenceGrantTo("", "Service", null), new ReferenceGrantTo("", "Secret", "one")], grant.To);
    }
}
