namespace Sluice.Cli.Tests.Run;

/// <summary>Manifests for tests of <c>sluice run</c>.</summary>
internal static class RunManifests
{
    public static string Gateway(string name, int port) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}}
        spec:
          gatewayClassName: sluice
          listeners: [{name: http, port: {{port}}, protocol: HTTP}]
        ---

        """;

    public static string Route(string name, string gateway, string host, string service) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}}
        spec:
          parentRefs: [{name: {{gateway}}}]
          hostnames: [{{host}}]
          rules: [{backendRefs: [{name: {{service}}, port: 80}]}]
        ---

        """;

    public static string Service(string name, int port) => $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {{name}}
          annotations: {sluice.dev/endpoints: "127.0.0.1:{{port}}"}
        spec: {ports: [{port: 80}]}
        ---

        """;
}
