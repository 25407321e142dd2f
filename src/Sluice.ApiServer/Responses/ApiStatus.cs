using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Responses;

/// <summary>The body of an answer that is no object (metav1.Status).</summary>
internal sealed record ApiStatus(int Code, string Reason, string Message)
{
    public string? Name { get; init; }

    public string? Group { get; init; }

    /// <summary>A kind, or a resource's plural, as Kubernetes has it.</summary>
    public string? Kind { get; init; }

    public string? Uid { get; init; }

    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    public JsonObject ToJson()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = Code < 400 ? "Success" : "Failure",
        };
        if (Message.Length > 0)
            status["message"] = Message;
        if (Reason.Length > 0)
            status["reason"] = Reason;
        if (Details() is { Count: > 0 } details)
            status["details"] = details;
        status["code"] = Code;
        return status;
    }

    public LocalResponse ToResponse() => new(Code, "application/json", CanonicalJson.Serialize(ToJson()))
    {
        Headers = RetryAfterSeconds is { } seconds ? [new("retry-after", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))] : [],
    };

    private JsonObject Details()
    {
        var details = new JsonObject();
        details.Put("name", Name);
        details.Put("group", string.IsNullOrEmpty(Group) ? null : Group);
        details.Put("kind", Kind);
        details.Put("uid", Uid);
        if (Causes.Count > 0)
            details["causes"] = new JsonArray([.. Causes.Select(ToJson)]);
        if (RetryAfterSeconds is { } seconds)
            details["retryAfterSeconds"] = seconds;
        return details;
    }

    private static JsonObject ToJson(StatusCause cause)
    {
        var json = new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message };
        json.Put("field", cause.Field);
        return json;
    }
}
