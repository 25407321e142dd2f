namespace Sluice.Exporter.Tests.Support;

/// <summary>Manifests that tests create.</summary>
internal static class Objects
{
    public static string Gateway(string name) => $$"""
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: default}
        spec:
          gatewayClassName: c
          listeners: [{name: http, port: 80, protocol: HTTP}]

        """;

    public static string Route(string name) => $$"""
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: default}
        spec:
          parentRefs: [{name: g}]
          hostnames: [{{name}}.example.com]
        status:
          parents:
          - controllerName: example.com/c
            parentRef: {group: gateway.networking.k8s.io, kind: Gateway, name: g}
            conditions: [{type: Accepted, status: "True", reason: Accepted, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}]

        """;

    public static double Value(this IReadOnlyList<ParsedSample> samples, string name, string? kind = null) =>
        Assert.Single(samples, sample => sample.Name == name && (kind is null || sample.Labels.GetValueOrDefault("kind") == kind)).Value;

    public static IEnumerable<string> Names(this IReadOnlyList<ParsedSample> samples, string family) =>
        samples.Where(sample => sample.Name == family).Select(sample => sample["name"]).Order(StringComparer.Ordinal);
}
