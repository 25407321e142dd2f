namespace Sluice.Kubernetes.Tests.Infrastructure;

/// <summary>Short manifests.</summary>
internal static class Manifest
{
    public static string Gateway(string listeners = "- {name: a, port: 80, protocol: HTTP}", string? parameters = null) => $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
          namespace: infra
        spec:
          gatewayClassName: sluice
          {(parameters is null ? "" : $"infrastructure: {{parametersRef: {{group: gateway.kgateway.dev, kind: GatewayParameters, name: {parameters}}}}}")}
          listeners:
          {listeners}

        """;

    public static string Parameters(string name, string spec) => $"""
        ---
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: GatewayParameters
        metadata:
          name: {name}
          namespace: infra
        {spec}

        """;
}
