using System.Text.Json.Nodes;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>What a kind needs beyond its schema: values that the server fills in, and rules about changes.</summary>
internal interface IKindRules
{
    /// <summary>Fills in what clients leave to the server. Before anything is checked.</summary>
    /// <param name="context">The write.</param>
    /// <param name="value">The object as it is to be.</param>
    /// <param name="live">The object as it is; null when it is new.</param>
    void Prepare(WriteContext context, JsonObject value, JsonObject? live);

    /// <summary>Reports what is wrong.</summary>
    void Check(WriteContext context, JsonObject value, JsonObject? live);
}
