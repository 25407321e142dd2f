using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>ConfigMaps and Secrets: immutable ones stay as they are, a Secret keeps its type, and stringData becomes data.</summary>
internal sealed class DataRules : IKindRules
{
    public void Prepare(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (context.Kind.Kind != "Secret")
            return;
        if (string.IsNullOrEmpty(value.Text("type")) && value["type"] is null or JsonValue)
            value["type"] = "Opaque";
        if (value["stringData"] is not JsonObject texts || texts.Any(pair => pair.Value.Text() is null))
            return;
        var data = value.Child("data");
        foreach (var (key, text) in texts)
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text()!));
        value.Remove("stringData");
    }

    public void Check(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (live is null)
            return;
        if (context.Kind.Kind == "Secret" && value.Text("type") != live.Text("type"))
            context.Invalid("type", $"cannot be changed; it is \"{live.Text("type")}\"");
        if (live.Boolean("immutable") != true)
            return;
        if (value.Boolean("immutable") != true)
            context.Invalid("immutable", "cannot be taken back", StatusCause.Forbidden);
        foreach (var field in (ReadOnlySpan<string>)["data", "binaryData"])
        {
            if (!JsonNodes.Same(value[field], live[field]))
                context.Invalid(field, "cannot be changed: the object is immutable", StatusCause.Forbidden);
        }
    }
}
