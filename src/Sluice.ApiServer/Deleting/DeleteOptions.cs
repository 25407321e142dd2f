using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Deleting;

/// <summary>How to delete: from the body (meta/v1 DeleteOptions) and the query.</summary>
/// <param name="Uid">Only the object with this uid; null for any.</param>
/// <param name="Version">Only this resourceVersion; null for any.</param>
/// <param name="IsOrphaning">What the object owns stays, and is owned by it no longer.</param>
/// <param name="IsDryRun">Nothing is deleted.</param>
internal sealed record DeleteOptions(string? Uid, string? Version, bool IsOrphaning, bool IsDryRun)
{
    /// <exception cref="ApiException">400: options that cannot be read.</exception>
    public static DeleteOptions Read(ApiRequest request)
    {
        var body = Body(request);
        var policy = request.Query["propagationPolicy"] ?? body.Text("propagationPolicy");
        if (policy is not (null or "" or "Orphan" or "Background" or "Foreground"))
            throw ApiException.BadRequest($"propagationPolicy: must be Orphan, Background or Foreground, found \"{policy}\"");
        var dryRun = (body.List("dryRun") ?? []).Select(item => item.Text()).ToList();
        if (dryRun.Any(word => word != "All"))
            throw ApiException.BadRequest("dryRun: must be All");
        return new DeleteOptions(
            body.Text("preconditions", "uid"),
            body.Text("preconditions", "resourceVersion"),
            policy == "Orphan" || (string.IsNullOrEmpty(policy) && (body.Boolean("orphanDependents") ?? request.Query.Flag("orphanDependents"))),
            request.IsDryRun || dryRun.Count > 0);
    }

    private static JsonObject? Body(ApiRequest request)
    {
        if (request.Body.Length == 0)
            return null;
        var body = request.ContentType switch
        {
            "application/yaml" => YamlReading.ParseObject(request.Body.Span),
            "application/vnd.kubernetes.protobuf" => ProtobufReading.ParseObject(request.Body.Span),
            _ => JsonReading.ParseObject(request.Body.Span),
        };
        return body.Text("kind") is null or "DeleteOptions" ? body : throw ApiException.BadRequest($"the body must be DeleteOptions, found {body.Text("kind")}");
    }
}
