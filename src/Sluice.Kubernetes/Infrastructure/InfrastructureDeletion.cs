using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>An object to be deleted, if it is still the one that was seen.</summary>
/// <param name="Identity">Which.</param>
/// <param name="Uid">Precondition.</param>
/// <param name="ResourceVersion">Precondition.</param>
public sealed record InfrastructureDeletion(ObjectIdentity Identity, string Uid, string ResourceVersion)
{
    internal static InfrastructureDeletion Of(JsonObject body)
    {
        var metadata = body.Object("metadata")!;
        return new InfrastructureDeletion(ObjectIdentity.Of(body), metadata.Text("uid") ?? "", metadata.Text("resourceVersion") ?? "");
    }

    /// <summary>The body of the request: background deletion, with both preconditions.</summary>
    public JsonObject ToOptions() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "DeleteOptions",
        ["propagationPolicy"] = "Background",
        ["preconditions"] = new JsonObject { ["uid"] = Uid, ["resourceVersion"] = ResourceVersion },
    };
}
