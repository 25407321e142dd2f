using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>A field that is given when the object is made, and never changes.</summary>
internal sealed class FixedFieldRules(params string[] path) : IKindRules
{
    public void Prepare(WriteContext context, JsonObject value, JsonObject? live)
    {
    }

    public void Check(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (live is not null && !JsonNodes.Same(value.At(path), live.At(path)))
            context.Invalid(string.Join('.', path), "cannot be changed; delete the object and make it anew");
    }
}
