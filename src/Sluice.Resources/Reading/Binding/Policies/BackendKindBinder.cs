using Sluice.Resources.Policies.Backends;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class BackendKindBinder
{
    public static Backend Read(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        Type = node.Text("type"),
        Static = node.Part("static", BackendBinder.StaticBackend),
        DynamicForwardProxy = node.Part("dynamicForwardProxy", BackendBinder.DynamicForwardProxyBackend),
        Aws = node.Part("aws", BackendBinder.AwsBackend),
        Gcp = node.Part("gcp", BackendBinder.GcpBackend),
        PriorityGroups = node.List("priorityGroups", BackendBinder.PriorityGroup),
        Ai = node.Json("ai"),
        Mcp = node.Json("mcp"),
    };
}
