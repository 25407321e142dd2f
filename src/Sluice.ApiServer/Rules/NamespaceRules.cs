using System.Text.Json.Nodes;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>Namespaces wait for their contents to be gone before they go.</summary>
internal sealed class NamespaceRules : IKindRules
{
    public const string NameLabel = "kubernetes.io/metadata.name";
    public const string Finalizer = "kubernetes";

    public void Prepare(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (live is null)
        {
            value["spec"] = new JsonObject { ["finalizers"] = new JsonArray(Finalizer) };
            value["status"] = new JsonObject { ["phase"] = "Active" };
        }
        else if (context.Mode != WriteMode.Finalize)
        {
            value["spec"] = live["spec"]?.DeepClone();
        }
    }

    public void Check(WriteContext context, JsonObject value, JsonObject? live)
    {
    }
}
