using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Which object.</summary>
/// <param name="ApiVersion">"apps/v1".</param>
/// <param name="Kind">"Deployment".</param>
/// <param name="Namespace">Of the Gateway.</param>
/// <param name="Name">Of the object.</param>
public readonly record struct ObjectIdentity(string ApiVersion, string Kind, string Namespace, string Name)
{
    public static ObjectIdentity Of(JsonObject body) => new(
        body.Text("apiVersion") ?? "",
        body.Text("kind") ?? "",
        body.Object("metadata")?.Text("namespace") ?? "",
        body.Object("metadata")?.Text("name") ?? "");

    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}
