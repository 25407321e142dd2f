using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.Resources.Patches;

namespace Sluice.ApiServer.Writing;

/// <summary>JSON, merge and strategic merge patches.</summary>
internal static class PatchBody
{
    private const string Json = "application/json-patch+json";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";

    /// <exception cref="ApiException">400: not JSON; 415: another kind of patch.</exception>
    public static JsonNode Read(WriteContext context)
    {
        var type = context.Request.ContentType;
        var isStrategic = type == Strategic;
        if (type is not (Json or Merge or Strategic) || (isStrategic && !SupportsStrategic(context)))
        {
            var offered = SupportsStrategic(context) ? $"{Json}, {Merge}, {Strategic}, application/apply-patch+yaml" : $"{Json}, {Merge}, application/apply-patch+yaml";
            throw ApiException.UnsupportedMediaType($"patches of {context.Path.Kind.Plural} are taken as {offered}; found \"{type}\"");
        }

        return JsonReading.Parse(context.Request.Body.Span) ?? throw ApiException.BadRequest("the patch is null");
    }

    /// <exception cref="ApiException">400: the patch is malformed; 422: it does not fit the object.</exception>
    public static JsonObject Apply(JsonNode patch, JsonObject live, WriteContext context)
    {
        try
        {
            var result = context.Request.ContentType switch
            {
                Json => JsonPatch.Apply(live, patch),
                Merge when patch is JsonObject => JsonMergePatch.Apply(live, patch),
                Merge => throw ApiException.BadRequest("a merge patch must be an object"),
                _ => StrategicMergePatch.Apply(live, patch, context.Path.Kind.Kind),
            };
            return result as JsonObject ?? throw ApiException.Invalid(context.Path.Kind, context.Name, "patch", "what the patch makes is no object");
        }
        catch (PatchException exception)
        {
            var text = exception.Path.Length == 0 ? exception.Message : $"{exception.Path}: {exception.Message}";
            if (exception.IsMalformed)
                throw ApiException.BadRequest($"the patch cannot be read: {text}");
            throw new ApiException(new ApiStatus(422, "Invalid", $"the patch does not fit the object: {text}") { Name = context.Name, Group = context.Path.Kind.Group, Kind = context.Path.Kind.Plural });
        }
    }

    private static bool SupportsStrategic(WriteContext context) => !context.Path.Kind.IsCustom && StrategicMergePatch.Supports(context.Path.Kind.Kind);
}
