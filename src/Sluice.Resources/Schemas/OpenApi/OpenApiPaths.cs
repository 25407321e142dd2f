using System.Text.Json;
using Sluice.Resources.Schemas.Meta;

namespace Sluice.Resources.Schemas.OpenApi;

/// <summary>The addresses of a kind, and what may be done there.</summary>
internal static class OpenApiPaths
{
    private static readonly string[] Pagination = ["limit", "continue"];
    private static readonly string[] Selection = ["labelSelector", "fieldSelector", "resourceVersion", "resourceVersionMatch", "timeoutSeconds", "watch", "allowWatchBookmarks", "sendInitialEvents"];
    private static readonly string[] Writing = ["dryRun", "fieldManager", "fieldValidation"];
    private static readonly string[] Deleting = ["dryRun", "gracePeriodSeconds", "propagationPolicy"];
    private static readonly string[] Json = ["application/json", "application/yaml"];
    private static readonly string[] CustomPatches = ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"];
    private static readonly string[] Patches = [.. CustomPatches, "application/strategic-merge-patch+json"];

    public static void Write(Utf8JsonWriter json, KindSchema kind, string version)
    {
        var api = kind.Group.Length == 0 ? $"/api/{version}" : $"/apis/{kind.Group}/{version}";
        var collection = kind.Namespaced ? $"{api}/namespaces/{{namespace}}/{kind.Plural}" : $"{api}/{kind.Plural}";
        if (kind.IsReview)
        {
            WritePath(json, collection, kind, version, operation => operation("post", "post", Writing, Json));
            return;
        }

        if (kind.Namespaced)
            WritePath(json, $"{api}/{kind.Plural}", kind, version, operation => operation("get", "list", [.. Selection, .. Pagination], null));
        WritePath(json, collection, kind, version, operation =>
        {
            operation("get", "list", [.. Selection, .. Pagination], null);
            operation("post", "post", Writing, Json);
            operation("delete", "deletecollection", [.. Selection, .. Pagination, .. Deleting], Json);
        });
        WriteItem(json, collection + "/{name}", kind, version, withDelete: true);
        if (kind.HasStatus)
            WriteItem(json, collection + "/{name}/status", kind, version, withDelete: false);
    }

    private static void WriteItem(Utf8JsonWriter json, string path, KindSchema kind, string version, bool withDelete) =>
        WritePath(json, path, kind, version, operation =>
        {
            operation("get", "get", [], null);
            operation("put", "put", Writing, Json);
            if (withDelete)
                operation("delete", "delete", Deleting, Json);
            operation("patch", "patch", [.. Writing, "force"], kind.IsCustom ? CustomPatches : Patches);
        });

    /// <param name="json">Where it goes.</param>
    /// <param name="path">With placeholders in braces.</param>
    /// <param name="kind">What is there.</param>
    /// <param name="version">Of its group.</param>
    /// <param name="operations">Calls what it is given with a method, an action, the query parameters, and the types of the body (null: there is none).</param>
    private static void WritePath(Utf8JsonWriter json, string path, KindSchema kind, string version, Action<Action<string, string, string[], string[]?>> operations)
    {
        json.WriteStartObject(path);
        operations((method, action, parameters, bodies) =>
        {
            json.WriteStartObject(method);
            json.WriteString("operationId", $"{action}{OperationName(path)}");
            json.WriteStartArray("parameters");
            foreach (var parameter in parameters)
                WriteParameter(json, parameter, "query");
            json.WriteEndArray();
            WriteBody(json, kind, version, action, bodies);
            WriteResponse(json, kind, version, action);
            json.WriteString("x-kubernetes-action", action);
            OpenApiNames.WriteKind(json, kind, version);
            json.WriteEndObject();
        });
        json.WriteStartArray("parameters");
        foreach (var name in (ReadOnlySpan<string>)["namespace", "name"])
        {
            if (path.Contains($"{{{name}}}", StringComparison.Ordinal))
                WriteParameter(json, name, "path");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, KindSchema kind, string version, string action, string[]? types)
    {
        if (types is null)
            return;
        json.WriteStartObject("requestBody");
        json.WriteStartObject("content");
        foreach (var type in types)
            WriteContent(json, type, action switch
            {
                "patch" => ObjectMetaSchema.Patch.ComponentName!,
                "delete" or "deletecollection" => ObjectMetaSchema.DeleteOptions.ComponentName!,
                _ => OpenApiNames.ComponentOf(kind, version),
            });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, KindSchema kind, string version, string action)
    {
        var component = action switch
        {
            "list" => OpenApiNames.ComponentOf(kind, version) + "List",
            "delete" or "deletecollection" => ObjectMetaSchema.Status.ComponentName!,
            _ => OpenApiNames.ComponentOf(kind, version),
        };
        json.WriteStartObject("responses");
        json.WriteStartObject(action == "post" ? "201" : "200");
        json.WriteString("description", action == "post" ? "Created" : "OK");
        json.WriteStartObject("content");
        foreach (var type in Json)
            WriteContent(json, type, component);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, string type, string component)
    {
        json.WriteStartObject(type);
        json.WriteStartObject("schema");
        json.WriteReference(component);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, string place)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        if (place == "path")
            json.WriteBoolean("required", true);
        json.WriteStartObject("schema");
        json.WriteString("type", name switch
        {
            "watch" or "allowWatchBookmarks" or "sendInitialEvents" or "force" => "boolean",
            "limit" or "timeoutSeconds" or "gracePeriodSeconds" => "integer",
            _ => "string",
        });
        json.WriteBoolean("uniqueItems", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Letters and digits of a path: unique, as an operationId must be.</summary>
    private static string OperationName(string path)
    {
        var words = path.Split('/', '.', '{', '}').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
        return string.Concat(words).Replace("-", "", StringComparison.Ordinal);
    }
}
