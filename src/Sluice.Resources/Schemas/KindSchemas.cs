using Sluice.Resources.Schemas.Cluster;
using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.GatewayApi;
using Sluice.Resources.Schemas.Kgateway;
using Sluice.Resources.Schemas.Kgateway.Policies;
using Sluice.Resources.Schemas.Workloads;

namespace Sluice.Resources.Schemas;

/// <summary>
/// The kinds with their schemas. Nothing of it exists before it is first asked for, and the schema of a kind not before its
/// <see cref="KindSchema.Root"/> is: a process that does not use them does not pay for them.
/// </summary>
public static class KindSchemas
{
    /// <summary>In the order in which discovery lists them: groups, and kinds in each.</summary>
    public static IReadOnlyList<KindSchema> All { get; } =
    [
        ConfigMapSchema.Create(),
        EndpointsSchema.Create(),
        EventSchemas.Core(),
        NamespaceSchema.Create(),
        PodSchema.Create(),
        SecretSchema.Create(),
        ServiceSchema.Create(),
        ServiceAccountSchema.Create(),
        DaemonSetSchema.Create(),
        DeploymentSchema.Create(),
        CustomResourceDefinitionSchema.Create(),
        TokenReviewSchema.Create(),
        HorizontalPodAutoscalerSchema.Create(),
        LeaseSchema.Create(),
        EndpointSliceSchema.Create(),
        EventSchemas.Grouped(),
        PodDisruptionBudgetSchema.Create(),
        BackendTlsPolicySchema.Create(),
        GatewayClassSchema.Create(),
        GatewaySchema.Create(),
        GrpcRouteSchema.Create(),
        HttpRouteSchema.Create(),
        ListenerSetSchema.Create(),
        ReferenceGrantSchema.Create(),
        TcpRouteSchema.Create(),
        TlsRouteSchema.Create(),
        UdpRouteSchema.Create(),
        DirectResponseSchema.Create(),
        GatewayParametersSchema.Create(),
        .. PolicyKinds.OfKgateway,
        .. PolicyKinds.OfOthers,
    ];

    /// <summary>Null when the kind is not known.</summary>
    public static KindSchema? Find(string group, string kind) => All.FirstOrDefault(schema => schema.Kind == kind && schema.Group == group);

    /// <summary>By the names that URLs have. Null when the kind is not known, or not in that version.</summary>
    public static KindSchema? FindPlural(string group, string version, string plural) => All.FirstOrDefault(schema =>
        schema.Plural == plural && schema.Group == group && schema.Versions.Any(one => one.IsServed && one.Name == version));
}
