using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Backends"/> holds of the same names.</summary>
internal static class BackendKindSchemas
{
    /// <summary>spec of a Backend.</summary>
    public static SchemaNode Spec { get; } = Object(
        Optional("type", Word("AWS Static DynamicForwardProxy GCP PriorityGroups AI MCP"), "Says what is there anyway."),
        Optional("static", BackendSchemas.StaticBackend, "Endpoints that stand here."),
        Optional("dynamicForwardProxy", BackendSchemas.DynamicForwardProxyBackend, "The host that the request names."),
        Optional("aws", BackendSchemas.AwsBackend, "Something of AWS."),
        Optional("gcp", BackendSchemas.GcpBackend, "Something of Google Cloud."),
        Optional("priorityGroups", List(BackendSchemas.PriorityGroup, 1, 16), "Backends, of which the first healthy group is used."),
        Optional("ai", Open(), "Of kgateway 2.1: models."),
        Optional("mcp", Open(), "Of kgateway 2.1: tool servers."))
        .OneOf("static dynamicForwardProxy aws gcp priorityGroups ai mcp");
}
