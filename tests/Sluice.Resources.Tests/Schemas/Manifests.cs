using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;
using Sluice.Resources.Tests.Reading;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>Objects of manifests with their schemas.</summary>
internal static class Manifests
{
    /// <summary>A small set that needs nothing beside the repository: every kind that is bound, with what it must have and little more.</summary>
    public const string Small = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: sluice}
        spec: {controllerName: sluice.dev/gateway-controller}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web}
        spec:
          gatewayClassName: sluice
          addresses: [{value: 192.0.2.1}]
          allowedListeners: {}
          tls:
            backend: {clientCertificateRef: {name: client}}
            frontend:
              default: {validation: {caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}}
          listeners:
          - {name: http, port: 80, protocol: HTTP}
          - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}, allowedRoutes: {kinds: [{kind: HTTPRoute}]}}
          - {name: other, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}, allowedRoutes: {namespaces: {}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: more}
        spec:
          parentRef: {name: web}
          listeners: [{name: tcp, port: 5432, protocol: TCP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: plain}
        spec: {parentRefs: [{name: web}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: rich}
        spec:
          parentRefs: [{name: web}]
          rules:
          - backendRefs: [{name: app, port: 80}]
            sessionPersistence: {cookieConfig: {}}
          - matches: [{}, {path: {value: /a}}, {path: {type: Exact}}, {headers: [{name: a, value: b}], queryParams: [{name: c, value: d}]}]
            filters:
            - {type: RequestMirror, requestMirror: {backendRef: {name: app, port: 80}, fraction: {numerator: 1}}}
            - {type: CORS, cors: {allowOrigins: ["*"]}}
          - matches: [{path: {value: /b}}]
            filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata: {name: calls}
        spec:
          parentRefs: [{name: web}]
          rules: [{matches: [{method: {service: a.B}, headers: [{name: a, value: b}]}], backendRefs: [{name: app, port: 80}], sessionPersistence: {}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata: {name: tls}
        spec: {parentRefs: [{name: web}], hostnames: [a.example], rules: [{backendRefs: [{name: app, port: 443}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata: {name: tcp}
        spec: {parentRefs: [{name: more, kind: ListenerSet}], rules: [{backendRefs: [{name: app, port: 5432}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: UDPRoute
        metadata: {name: udp}
        spec: {rules: [{backendRefs: [{name: app, port: 53}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata: {name: policy}
        spec: {targetRefs: [{group: "", kind: Service, name: app}], validation: {hostname: app.example, wellKnownCACertificates: System}}
        ---
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: grant}
        spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}], to: [{group: "", kind: Service}]}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: space}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: app}
        spec: {selector: {app: app}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: app}
        subsets: [{addresses: [{ip: 192.0.2.7}], ports: [{port: 80}]}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: app-1}
        addressType: IPv4
        endpoints: [{addresses: [192.0.2.7]}]
        ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: secret}
        stringData: {a: b}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: map}
        data: {a: b}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: DirectResponse
        metadata: {name: answer}
        spec: {status: 404}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: GatewayParameters
        metadata: {name: parameters}
        spec: {kube: {deployment: {replicas: 2}}}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: TrafficPolicy
        metadata: {name: traffic}
        spec:
          targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: plain}]
          rateLimit: {local: {tokenBucket: {maxTokens: 10, fillInterval: 1s}}}
          faultInjection: {delay: {fixedDelay: 10ms}}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: ListenerPolicy
        metadata: {name: listeners}
        spec: {default: {httpSettings: {uuidRequestIdConfig: {}}}}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: HTTPListenerPolicy
        metadata: {name: http}
        spec: {healthCheck: {path: /healthz}}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: BackendConfigPolicy
        metadata: {name: backends}
        spec: {outlierDetection: {}}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: Backend
        metadata: {name: lambda}
        spec: {aws: {lambda: {functionName: f}}}
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: GatewayExtension
        metadata: {name: extension}
        spec: {extAuth: {grpcService: {backendRef: {name: app, port: 80}, retry: {}}}}
        ---
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: RateLimitFilter
        metadata: {name: limit}
        spec: {type: Global, global: {rules: [{limit: {requests: 1, unit: Hour}}]}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: AuthConfig
        metadata: {name: auth}
        spec: {configs: [{basicAuth: {}}]}
        ---
        apiVersion: gateway.solo.io/v1
        kind: DynamicForwardProxy
        metadata: {name: proxy}
        spec: {allowedHosts: ["*.example.com"], dnsCache: {}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: AIGateway
        metadata: {name: ai}
        spec: {providers: [{name: a, type: Ollama}]}
        ---
        apiVersion: gateway.solo.io/v1
        kind: PromptGuard
        metadata: {name: guard}
        spec: {rules: [{type: MaxTokens, value: 10}]}
        """;

    /// <summary>The objects of a text whose kinds are known.</summary>
    public static IEnumerable<(KindSchema Schema, JsonObject Item)> Known(string yaml)
    {
        foreach (var item in YamlJson.Documents(yaml))
        {
            if (SchemaOf(item) is { } schema)
                yield return (schema, item);
        }
    }

    public static KindSchema? SchemaOf(JsonObject item)
    {
        var version = item["apiVersion"]?.ToString() ?? "";
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        return KindSchemas.Find(slash < 0 ? "" : version[..slash], item["kind"]?.ToString() ?? "");
    }

    /// <summary>Texts of the examples.</summary>
    public static IEnumerable<(string Name, string Text)> Examples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            folder = folder.Parent!;
        return Texts(Path.Combine(folder.FullName, "examples"));
    }

    /// <summary>Texts of the conformance suite; skips the test when they are not there.</summary>
    public static IEnumerable<(string Name, string Text)> Conformance()
    {
        var folder = SharedFolder.Require("conformance");
        return ((string[])["base", "tests", "mesh"]).SelectMany(name => Texts(Path.Combine(folder, name)));
    }

    private static IEnumerable<(string Name, string Text)> Texts(string folder) =>
        Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllText(path)));
}
