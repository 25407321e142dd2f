using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Writing;

/// <summary>Reads the object that a request carries.</summary>
internal static class RequestBody
{
    /// <exception cref="ApiException">400: no object, or of another kind; 415: in another form.</exception>
    public static JsonObject Object(WriteContext context)
    {
        var request = context.Request;
        JsonObject value;
        switch (request.ContentType)
        {
            case "" or "application/json":
                var duplicates = new List<string>();
                value = JsonReading.ParseObject(request.Body.Span, duplicates);
                context.Unknown.AddRange(duplicates.Select(path => $"duplicate field \"{path}\""));
                break;
            case "application/yaml" or "application/x-yaml" or "text/yaml" or "application/apply-patch+yaml":
                value = YamlReading.ParseObject(request.Body.Span);
                break;
            case "application/vnd.kubernetes.protobuf":
                value = ProtobufReading.ParseObject(request.Body.Span);
                break;
            default:
                throw ApiException.UnsupportedMediaType($"objects are taken as application/json or application/yaml, found \"{request.ContentType}\"");
        }

        CheckType(context.Path, value);
        return value;
    }

    /// <exception cref="ApiException">400: the value says that it is something else than the URL does.</exception>
    public static void CheckType(ResourcePath path, JsonObject value)
    {
        var version = value.Text("apiVersion") ?? "";
        var kind = value.Text("kind") ?? "";
        if (version.Length == 0 && kind.Length == 0 && !path.Kind.IsCustom)
            return;
        if (version != path.ApiVersion || kind != path.Kind.Kind)
            throw ApiException.BadRequest($"the object must have the apiVersion \"{path.ApiVersion}\" and the kind \"{path.Kind.Kind}\" of the request's URL, found \"{version}\" and \"{kind}\"");
    }
}
