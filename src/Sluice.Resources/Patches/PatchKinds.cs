namespace Sluice.Resources.Patches;

/// <summary>
/// The merge keys of Kubernetes's own kinds, as its OpenAPI document has them (x-kubernetes-patch-merge-key and
/// x-kubernetes-patch-strategy). Kinds of CustomResourceDefinitions have none: strategic merge patches are not for them.
/// </summary>
internal static class PatchKinds
{
    private static readonly PatchField Metadata = PatchField.Object("metadata", new PatchSchema(
        PatchField.Values("finalizers"),
        PatchField.List("ownerReferences", "uid")));

    private static readonly PatchField Conditions = PatchField.Object("status", new PatchSchema(PatchField.List("conditions", "type")));

    private static readonly PatchSchema Container = new(
        PatchField.List("ports", "containerPort"),
        PatchField.List("env", "name"),
        PatchField.List("volumeMounts", "mountPath"),
        PatchField.List("volumeDevices", "devicePath"));

    private static readonly PatchField PodSpec = PatchField.Object("spec", new PatchSchema(
        PatchField.List("containers", "name", Container),
        PatchField.List("initContainers", "name", Container),
        PatchField.List("ephemeralContainers", "name", Container),
        PatchField.List("volumes", "name"),
        PatchField.List("imagePullSecrets", "name"),
        PatchField.List("hostAliases", "ip"),
        PatchField.List("topologySpreadConstraints", "topologyKey"),
        PatchField.List("resourceClaims", "name"),
        PatchField.List("schedulingGates", "name")));

    private static readonly PatchField PodStatus = PatchField.Object("status", new PatchSchema(
        PatchField.List("conditions", "type"),
        PatchField.List("podIPs", "ip"),
        PatchField.List("hostIPs", "ip"),
        PatchField.List("resourceClaimStatuses", "name")));

    private static readonly PatchField Template = PatchField.Object("template", new PatchSchema(Metadata, PodSpec));

    private static readonly PatchSchema Workload = new(Metadata, PatchField.Object("spec", new PatchSchema(Template)), Conditions);

    private static readonly PatchSchema OnlyMetadata = new(Metadata);

    /// <summary>Null for a kind that is not known here.</summary>
    public static PatchSchema? Find(string kind) => kind switch
    {
        "Deployment" or "DaemonSet" => Workload,
        "Pod" => new PatchSchema(Metadata, PodSpec, PodStatus),
        "Service" => new PatchSchema(Metadata, PatchField.Object("spec", new PatchSchema(PatchField.List("ports", "port"))), Conditions),
        "ServiceAccount" => new PatchSchema(Metadata, PatchField.List("secrets", "name")),
        "PodDisruptionBudget" => new PatchSchema(Metadata, PatchField.Object("spec", new PatchSchema(PatchField.Replaced("selector"))), Conditions),
        "HorizontalPodAutoscaler" or "Namespace" => new PatchSchema(Metadata, Conditions),
        "Secret" or "ConfigMap" or "Endpoints" or "EndpointSlice" or "Lease" or "Event" => OnlyMetadata,
        _ => null,
    };
}
