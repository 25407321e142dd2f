using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>What an API server does when nothing fails, as far as Sluice asks for it.</summary>
internal sealed class FakeOperations(FakeStore store)
{
    public ConcurrentDictionary<string, bool> Missing { get; } = new();

    public bool PlainItems { get; set; }

    public bool ExpiredAsEvent { get; set; }

    public static async Task StatusAsync(HttpContext context, int code, string reason, string message, JsonObject? details = null)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Status(code, reason, message, details));
    }

    public static string Status(int code, string reason, string message, JsonObject? details = null) => new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["details"] = details,
        ["code"] = code,
    }.ToJsonString();

    public Task HandleAsync(HttpContext context, FakeRequest request)
    {
        var (collection, ns, name) = Parse(request.Path);
        if (Missing.ContainsKey(collection))
            return StatusAsync(context, 404, "NotFound", "the server could not find the requested resource");
        return (request.Method, name) switch
        {
            ("GET", null) when request.IsWatch => WatchAsync(context, request, collection, ns),
            ("GET", null) => ListAsync(context, request, collection, ns),
            ("POST", null) => CreateAsync(context, request, collection, ns),
            ("GET", { }) => GetAsync(context, collection, ns, name),
            ("DELETE", { }) => DeleteAsync(context, request, collection, ns, name),
            ("PUT", { }) => ChangeAsync(context, request, collection, ns, name),
            ("PATCH", { }) => ChangeAsync(context, request, collection, ns, name),
            _ => StatusAsync(context, 405, "MethodNotAllowed", "not here"),
        };
    }

    private static (string Collection, string? Namespace, string? Name) Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        var start = parts[0] == "api" ? 2 : 3;
        string? ns = null;
        if (parts.Count > start + 2 && parts[start] == "namespaces")
        {
            ns = parts[start + 1];
            parts.RemoveRange(start, 2);
        }

        return ("/" + string.Join('/', parts.Take(start + 1)), ns, parts.Count > start + 1 ? parts[start + 1] : null);
    }

    private Task GetAsync(HttpContext context, string collection, string? ns, string name) =>
        store.Find(collection, ns, name) is { } found ? AnswerAsync(context, 200, found) : StatusAsync(context, 404, "NotFound", $"{name} not found");

    private Task CreateAsync(HttpContext context, FakeRequest request, string collection, string? ns)
    {
        var value = JsonNode.Parse(request.Body)!.AsObject();
        var name = (string?)value["metadata"]?["name"];
        if (name is null)
            return AnswerAsync(context, 201, value);
        if (store.Find(collection, ns, name) is not null)
            return StatusAsync(context, 409, "AlreadyExists", $"{name} already exists");
        store.Write(collection, ns, value);
        return AnswerAsync(context, 201, value);
    }

    private Task ChangeAsync(HttpContext context, FakeRequest request, string collection, string? ns, string name)
    {
        var change = JsonNode.Parse(request.Body)!;
        var type = ((string?)request.Headers.ContentType) ?? "";
        var known = store.Find(collection, ns, name);
        if (known is null && !type.StartsWith("application/apply-patch", StringComparison.Ordinal))
            return StatusAsync(context, 404, "NotFound", $"{name} not found");
        var version = change is JsonObject body ? (string?)body["metadata"]?["resourceVersion"] : null;
        if (version is not null && version != (string?)known!["metadata"]!["resourceVersion"])
            return StatusAsync(context, 409, "Conflict", "the object has been modified");
        var result = request.Method == "PUT" ? change.AsObject() : known ?? new JsonObject();
        if (request.Method == "PATCH" && change is JsonObject fields)
            Merge(result, fields);
        store.Write(collection, ns, result);
        return AnswerAsync(context, 200, result);
    }

    private Task DeleteAsync(HttpContext context, FakeRequest request, string collection, string? ns, string name)
    {
        if (store.Find(collection, ns, name) is not { } known)
            return StatusAsync(context, 404, "NotFound", $"{name} not found");
        var preconditions = request.Body.Length == 0 ? null : JsonNode.Parse(request.Body)!["preconditions"];
        foreach (var field in new[] { "uid", "resourceVersion" })
        {
            if ((string?)preconditions?[field] is { } wanted && wanted != (string?)known["metadata"]![field])
                return StatusAsync(context, 409, "Conflict", $"the {field} in the precondition does not match");
        }

        store.Delete(collection, ns, name);
        return context.Response.WriteAsync("""{"kind":"Status","apiVersion":"v1","status":"Success"}""");
    }

    private async Task ListAsync(HttpContext context, FakeRequest request, string collection, string? ns)
    {
        // A continue token is "version:offset": the list it goes on with is gone when anything has changed since.
        var token = ((string?)request.Query["continue"])?.Split(':');
        var (items, version) = store.List(collection, ns);
        if (token is not null && token[0] != version.ToString(CultureInfo.InvariantCulture))
        {
            await StatusAsync(context, 410, "Expired", "The provided continue parameter is too old");
            return;
        }

        var start = token is null ? 0 : int.Parse(token[1], CultureInfo.InvariantCulture);
        var limit = int.Parse(request.Query["limit"].FirstOrDefault() ?? "1000000", CultureInfo.InvariantCulture);
        var page = items.Skip(start).Take(limit).ToArray();
        if (PlainItems)
        {
            foreach (var item in page)
            {
                item.Remove("kind");
                item.Remove("apiVersion");
            }
        }

        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (start + page.Length < items.Count)
            metadata["continue"] = string.Create(CultureInfo.InvariantCulture, $"{version}:{start + page.Length}");
        await AnswerAsync(context, 200, new JsonObject { ["kind"] = "List", ["metadata"] = metadata, ["items"] = new JsonArray([.. page]) });
    }

    private async Task WatchAsync(HttpContext context, FakeRequest request, string collection, string? ns)
    {
        var from = long.Parse(request.Query["resourceVersion"].Single()!, CultureInfo.InvariantCulture);
        var watcher = store.Watch(collection, ns, from);
        if (watcher is null && !ExpiredAsEvent)
        {
            await StatusAsync(context, 410, "Expired", "too old resource version");
            return;
        }

        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (watcher is null)
        {
            await context.Response.WriteAsync($$"""{"type":"ERROR","object":{{Status(410, "Expired", "too old resource version")}}}""" + "\n", context.RequestAborted);
            return;
        }

        try
        {
            await foreach (var text in watcher.Lines.ReadAllAsync(context.RequestAborted))
            {
                if (text is null)
                {
                    context.Abort();
                    return;
                }

                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        finally
        {
            store.Forget(watcher);
        }
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject fields && target[name] is JsonObject inner)
                Merge(inner, fields);
            else
                target[name] = value.DeepClone();
        }
    }

    private static async Task AnswerAsync(HttpContext context, int code, JsonObject value)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(value.ToJsonString());
    }
}
