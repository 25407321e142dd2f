namespace Sluice.Controller.Tests.Files;

/// <summary>Small manifests for tests.</summary>
internal static class Manifest
{
    public static string Service(string name, int port = 80) => $"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {name}
        spec:
          ports:
          - port: {port}

        """;

    public static string Several(params string[] documents) => string.Join("---\n", documents);
}
