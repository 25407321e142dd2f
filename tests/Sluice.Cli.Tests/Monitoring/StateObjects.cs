namespace Sluice.Cli.Tests.Monitoring;

/// <summary>
/// Objects of a controller that does not run here, with statuses: of every kind some that are as they should be, some that are not, and
/// some that nobody has said anything about. Every family of state metrics has samples of them, and every alert about state fires.
/// </summary>
internal static class StateObjects
{
    private const string Controller = "example.com/controller";

    private static readonly (string Kind, string Listener)[] Routes = [("HTTPRoute", "http"), ("GRPCRoute", "http"), ("TLSRoute", "tls"), ("TCPRoute", "tcp"), ("UDPRoute", "udp")];

    /// <summary>Manifests in YAML. Those with a status are to have it written too.</summary>
    public static string Manifests => string.Join("---\n", [Classes, Gateways, ListenerSets, Policies, .. Routes.Select(route => Route(route.Kind, route.Listener))]);

    private static string Classes => $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: example, labels: {team: edge}}
        spec: {controllerName: {{{Controller}}}}
        status:
          conditions: [{{{Condition("Accepted", true)}}}]
          supportedFeatures: [{name: Gateway}, {name: HTTPRoute}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: refused}
        spec: {controllerName: {{{Controller}}}}
        status:
          conditions: [{{{Condition("Accepted", false)}}}]

        """;

    private static string Gateways => $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop, labels: {team: edge}}
        spec:
          gatewayClassName: example
          listeners:
          - {name: http, port: 80, protocol: HTTP, hostname: shop.example.com}
          - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: shop}]}}
        status:
          addresses: [{type: IPAddress, value: 192.0.2.1}]
          conditions: [{{{Condition("Accepted", true)}}}, {{{Condition("Programmed", true)}}}]
          listeners: [{{{Listener("http", true)}}}, {{{Listener("https", true)}}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: broken, namespace: shop}
        spec:
          gatewayClassName: example
          listeners:
          - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: missing}]}}
        status:
          conditions: [{{{Condition("Accepted", true)}}}, {{{Condition("Programmed", false)}}}]
          listeners: [{{{Listener("https", false)}}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: silent, namespace: shop}
        spec:
          gatewayClassName: example
          listeners: [{name: http, port: 80, protocol: HTTP}]
        status:
          conditions: []
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: other}
        spec:
          gatewayClassName: example
          listeners: [{name: http, port: 80, protocol: HTTP}]
        status:
          conditions: [{{{Condition("Accepted", true)}}}, {{{Condition("Programmed", true)}}}]

        """;

    private static string ListenerSets => $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: extra, namespace: shop, labels: {team: edge}}
        spec:
          parentRef: {name: edge}
          listeners: [{name: more, port: 81, protocol: HTTP}]
        status:
          conditions: [{{{Condition("Accepted", true)}}}, {{{Condition("Programmed", true)}}}]
          listeners: [{{{Listener("more", true)}}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: refused, namespace: shop}
        spec:
          parentRef: {name: edge}
          listeners: [{name: same, port: 80, protocol: HTTP}]
        status:
          conditions: [{{{Condition("Accepted", false)}}}, {{{Condition("Programmed", false)}}}]
          listeners: [{{{Listener("same", false)}}}]

        """;

    private static string Policies => string.Join("---\n", Policy("good", true), Policy("refused", false));

    private static string Route(string kind, string listener)
    {
        var hostnames = kind is "TCPRoute" or "UDPRoute" ? "" : "  hostnames: [shop.example.com]\n";
        var singular = kind.ToLowerInvariant();
        return string.Join("---\n", One("good", Status(true)), One("refused", Status(false)), One("silent", ""), One("elsewhere", "", "namespace: other"));

        string One(string name, string status, string parentNamespace = "namespace: shop") =>
            $"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {singular}-{name}, namespace: shop, labels: {{team: edge}}}}\n"
            + $"spec:\n  parentRefs: [{{name: edge, sectionName: {listener}, port: 80{(name == "good" ? "" : $", {parentNamespace}")}}}]\n{hostnames}"
            + $"  rules: [{{backendRefs: [{{name: shop, port: 80}}]}}]\n{status}";

        string Status(bool isGood) =>
            $"status:\n  parents:\n  - controllerName: {Controller}\n    parentRef: {{group: gateway.networking.k8s.io, kind: Gateway, name: edge, namespace: shop, sectionName: {listener}, port: 80}}\n"
            + $"    conditions: [{Condition("Accepted", isGood)}, {Condition("ResolvedRefs", isGood)}, {Condition("PartiallyInvalid", !isGood)}]\n";
    }

    private static string Policy(string name, bool isGood) => $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata: {name: {{{name}}}, namespace: shop, labels: {team: edge}}
        spec:
          targetRefs: [{group: "", kind: Service, name: {{{name}}}, sectionName: https}]
          validation: {hostname: shop.example.com, wellKnownCACertificates: System}
        status:
          ancestors:
          - controllerName: {{{Controller}}}
            ancestorRef: {group: gateway.networking.k8s.io, kind: Gateway, name: edge, namespace: shop, sectionName: https}
            conditions: [{{{Condition("Accepted", isGood)}}}, {{{Condition("ResolvedRefs", isGood)}}}]

        """;

    private static string Listener(string name, bool isGood) =>
        $"{{name: {name}, attachedRoutes: 2, supportedKinds: [{{group: gateway.networking.k8s.io, kind: HTTPRoute}}], conditions: [{Condition("Accepted", isGood)}, {Condition("Programmed", isGood)}, {Condition("ResolvedRefs", isGood)}, {Condition("Conflicted", !isGood)}]}}";

    private static string Condition(string type, bool isTrue) =>
        $"{{type: {type}, status: \"{isTrue}\", reason: Example, message: \"\", lastTransitionTime: \"2026-01-01T00:00:00Z\"}}";
}
