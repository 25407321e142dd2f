using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Compares what there is in the cluster for a Gateway with what there should be.</summary>
public static class InfrastructureDiff
{
    private static readonly string[] Workloads = ["Deployment", "DaemonSet"];

    /// <summary>What to do next.</summary>
    /// <param name="existing">
    /// As the API server gave them: all objects in the Gateway's namespace with its gateway-name label and
    /// <see cref="ProxyLabels.ManagedBy"/>, and whatever else has the name of a wanted object.
    /// </param>
    /// <param name="wanted">From the renderer.</param>
    /// <param name="gatewayUid">metadata.uid of the Gateway.</param>
    public static InfrastructurePlan Compare(IReadOnlyList<JsonObject> existing, RenderedInfrastructure wanted, string gatewayUid)
    {
        var found = new Dictionary<ObjectIdentity, JsonObject>();
        foreach (var body in existing)
            found[Unversioned(ObjectIdentity.Of(body))] = body;
        var apply = new List<RenderedObject>();
        var conflicts = new List<string>();
        var kept = new HashSet<ObjectIdentity>();
        foreach (var rendered in wanted.Objects)
        {
            var identity = Unversioned(rendered.Identity);
            kept.Add(identity);
            if (found.TryGetValue(identity, out var live) && !IsOwned(live, gatewayUid))
                conflicts.Add($"{rendered.Identity} is there already and does not belong to this Gateway: it is left alone; rename it or the Gateway");
            else if (live is null || !IsUpToDate(live, rendered))
                apply.Add(rendered);
        }

        var delete = new List<InfrastructureDeletion>();
        var held = new List<string>();
        foreach (var (identity, live) in found)
        {
            if (kept.Contains(identity) || !IsOwned(live, gatewayUid) || !IsManaged(live) || IsGoing(live))
                continue;
            if (Workloads.Contains(identity.Kind) && wanted.Objects.FirstOrDefault(one => Workloads.Contains(one.Identity.Kind)) is { } next && !IsServing(found.GetValueOrDefault(Unversioned(next.Identity))))
                held.Add($"{identity} stays until {next.Identity} has a pod that is available");
            else
                delete.Add(InfrastructureDeletion.Of(live));
        }

        return new InfrastructurePlan(apply, delete, held, conflicts);
    }

    /// <summary>
    /// Looks again just before something is deleted: null when it must not be any more, since it is another object by now or
    /// belongs to somebody else; otherwise the deletion with the version that was seen.
    /// </summary>
    /// <param name="deletion">As planned.</param>
    /// <param name="fresh">As the API server gives it now, not from a cache.</param>
    /// <param name="gatewayUid">metadata.uid of the Gateway.</param>
    public static InfrastructureDeletion? Confirm(InfrastructureDeletion deletion, JsonObject fresh, string gatewayUid) =>
        IsOwned(fresh, gatewayUid) && IsManaged(fresh) && !IsGoing(fresh) && InfrastructureDeletion.Of(fresh) is var again && again.Identity == deletion.Identity && again.Uid == deletion.Uid
            ? again
            : null;

    // Another version of a kind's API is the same object.
    private static ObjectIdentity Unversioned(ObjectIdentity identity) => identity with { ApiVersion = "" };

    private static bool IsOwned(JsonObject body, string gatewayUid) =>
        body.Object("metadata")?.Objects("ownerReferences").Any(owner => owner.IsTrue("controller") && owner.Text("uid") == gatewayUid) == true;

    private static bool IsManaged(JsonObject body) => body.Object("metadata")?.Object("labels")?.Text(ProxyLabels.ManagedBy) == ProxyLabels.Manager;

    private static bool IsGoing(JsonObject body) => body.Object("metadata")?.Text("deletionTimestamp") is not null;

    // The hash tells what changed here, the comparison what others changed there.
    private static bool IsUpToDate(JsonObject live, RenderedObject rendered) =>
        live.Object("metadata")?.Object("annotations")?.Text(ProxyLabels.HashAnnotation) == rendered.Hash && JsonContainment.Contains(live, rendered.Body);

    private static bool IsServing(JsonObject? workload) =>
        workload?.Object("status") is { } status && (status.Number("availableReplicas") ?? status.Number("numberAvailable") ?? 0) > 0;
}
