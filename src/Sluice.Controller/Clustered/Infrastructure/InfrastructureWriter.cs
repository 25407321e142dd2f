using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Publishing;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Resources;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>
/// Brings what is in the cluster for each Gateway to what is wanted, by server-side apply, whenever either changes. Nothing is
/// deleted without a fresh look, and nothing of a Gateway that is gone: the cluster does that, by the owner references.
/// </summary>
/// <param name="client">Asks.</param>
/// <param name="owned">What there is.</param>
/// <param name="controllerNames">Whose classes are ours.</param>
/// <param name="clock">The time.</param>
internal sealed class InfrastructureWriter(KubernetesClient client, OwnedObjects owned, IReadOnlyList<string> controllerNames, TimeProvider clock) : ApiWorker<InfrastructureRecord>(clock)
{
    private static readonly TimeSpan FirstRefusal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, InfrastructureRecord> _records = [];
    private readonly Dictionary<(string Namespace, string Label), InfrastructureRecord> _byLabel = [];
    private long _applied;
    private long _deleted;

    /// <summary>Told of what stands in the way for a Gateway; null when nothing does any more.</summary>
    public required Action<NamespacedName, string?> OnProblem { get; init; }

    public long Applied => Interlocked.Read(ref _applied);

    public long Deleted => Interlocked.Read(ref _deleted);

    /// <summary>What is wanted of every Gateway of ours. An instance that stays the same costs nothing.</summary>
    public void Want(IReadOnlyDictionary<NamespacedName, WantedInfrastructure> wanted)
    {
        lock (_lock)
        {
            foreach (var (gateway, infrastructure) in wanted)
            {
                var record = Get(gateway, infrastructure.Label);
                if (ReferenceEquals(record.Wanted, infrastructure))
                    continue;
                record.Wanted = infrastructure;
                record.Refusals = 0;
                Schedule(record, TimeSpan.Zero);
            }
            foreach (var record in _records.Values)
            {
                if (record.Wanted is not null && !wanted.ContainsKey(record.Gateway))
                {
                    record.Wanted = null;
                    Schedule(record, TimeSpan.Zero);
                }
            }
        }
        Wake();
    }

    /// <summary>What was made for a Gateway has changed in the cluster.</summary>
    public void Touch(string ns, string label)
    {
        lock (_lock)
        {
            if (!_byLabel.TryGetValue((ns, label), out var record))
                return;
            Schedule(record, InfrastructurePace.Wait(record, Clock.Steady()));
        }
        Wake();
    }

    protected override void Begin()
    {
        lock (_lock)
        {
            // What is there for Gateways that ceased to be ours while nobody led.
            foreach (var (ns, label) in owned.Gateways)
            {
                if (!_byLabel.ContainsKey((ns, label)) && owned.Of(ns, label).Select(Owner).FirstOrDefault(name => name is not null) is { } gateway)
                    Get(new NamespacedName(ns, gateway), label);
            }
            foreach (var record in _records.Values)
                Schedule(record, TimeSpan.Zero);
        }
    }

    protected override InfrastructureRecord? TakeDue(out DateTimeOffset? next)
    {
        lock (_lock)
        {
            next = null;
            InfrastructureRecord? first = null;
            foreach (var record in _records.Values)
            {
                if (!record.IsBusy && record.Due is not null && (first is null || record.Due < first.Due))
                    first = record;
            }
            if (first is null)
                return null;
            if (first.Due > Clock.Steady())
            {
                next = first.Due;
                return null;
            }
            first.Due = null;
            first.IsBusy = true;
            return first;
        }
    }

    protected override void GiveBack(InfrastructureRecord item, bool again)
    {
        lock (_lock)
        {
            item.IsBusy = false;
            if (again)
                Schedule(item, TimeSpan.Zero);
        }
    }

    protected override void Refused(InfrastructureRecord item)
    {
        lock (_lock)
        {
            item.Refusals++;
            var wait = FirstRefusal * Math.Pow(2, Math.Min(item.Refusals - 1, 10));
            Schedule(item, wait < LongestRefusal ? wait : LongestRefusal);
        }
    }

    protected override void PutOff(InfrastructureRecord item, TimeSpan pause)
    {
        lock (_lock)
            Schedule(item, pause);
    }

    protected override void Failed(InfrastructureRecord item, ApiException error)
    {
        if (!error.IsTransient)
            OnProblem(item.Gateway, error.Message);
    }

    protected override async Task WorkAsync(InfrastructureRecord item, CancellationToken cancellation)
    {
        WantedInfrastructure? wanted;
        lock (_lock)
            wanted = item.Wanted;
        if ((wanted ?? await AbandonedAsync(item, cancellation)) is not { } target)
        {
            Forget(item);
            return;
        }
        var existing = await ExistingAsync(item, target, cancellation);
        var plan = InfrastructureDiff.Compare(existing, target.Rendered, target.Uid);
        foreach (var rendered in plan.Apply)
        {
            await client.ApplyAsync(Resource(rendered.Identity), Name(rendered.Identity), Body(rendered, existing), new WriteOptions { Force = true }, cancellation);
            Interlocked.Increment(ref _applied);
        }
        if (plan.Apply.Count > 0)
        {
            lock (_lock)
                InfrastructurePace.Count(item, target, Clock.Steady());
        }
        foreach (var deletion in plan.Delete)
            await DeleteAsync(deletion, target.Uid, cancellation);
        OnProblem(item.Gateway, plan.Conflicts.Count == 0 ? null : string.Join("; ", plan.Conflicts));
        lock (_lock)
            item.Refusals = 0;
        if (wanted is null)
            Forget(item);
    }

    /// <summary>
    /// What is wanted of a Gateway that is not ours any more: nothing, if it is there and of a class of somebody else. Null when that
    /// is not so: without a Gateway the cluster removes what was made for it, and a class that is missing may come back.
    /// </summary>
    private async Task<WantedInfrastructure?> AbandonedAsync(InfrastructureRecord item, CancellationToken cancellation)
    {
        if (await client.FindAsync(ApiResources.Gateways, item.Gateway, cancellation) is not { } json)
            return null;
        var gateway = JsonNode.Parse(json.Span)!;
        if (ConditionMerge.Text(gateway["metadata"], "uid") is not { } uid || ConditionMerge.Text(gateway["spec"], "gatewayClassName") is not { } className)
            return null;
        if (await client.FindAsync(ApiResources.GatewayClasses, new NamespacedName("", className), cancellation) is not { } found)
            return null;
        return ConditionMerge.Text(JsonNode.Parse(found.Span)!["spec"], "controllerName") is { } controller && !controllerNames.Contains(controller)
            ? new WantedInfrastructure(uid, item.Label, RenderedInfrastructure.Nothing)
            : null;
    }

    /// <summary>What there is, with whatever else has the name of a wanted object.</summary>
    private async Task<List<JsonObject>> ExistingAsync(InfrastructureRecord item, WantedInfrastructure target, CancellationToken cancellation)
    {
        var existing = owned.Of(item.Gateway.Namespace, item.Label).ToList();
        var known = existing.Select(body => (ConditionMerge.Text(body, "kind"), ConditionMerge.Text(body["metadata"], "name"))).ToHashSet();
        foreach (var identity in target.Rendered.Objects.Select(rendered => rendered.Identity).Where(identity => !known.Contains((identity.Kind, identity.Name))))
        {
            if (await client.FindAsync(Resource(identity), Name(identity), cancellation) is { } json)
                existing.Add(JsonNode.Parse(json.Span)!.AsObject());
        }
        return existing;
    }

    /// <summary>What is applied, for the very object that was looked at: another of its name may have come since, and is not ours.</summary>
    private static byte[] Body(RenderedObject rendered, List<JsonObject> existing)
    {
        var live = existing.Find(body => ConditionMerge.Text(body, "kind") == rendered.Identity.Kind && ConditionMerge.Text(body["metadata"], "name") == rendered.Identity.Name);
        var body = rendered.Body;
        if (ConditionMerge.Text(live?["metadata"], "uid") is { } uid)
        {
            body = body.DeepClone().AsObject();
            body["metadata"]!["uid"] = uid;
        }
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private async Task DeleteAsync(InfrastructureDeletion deletion, string gatewayUid, CancellationToken cancellation)
    {
        var (resource, name) = (Resource(deletion.Identity), Name(deletion.Identity));
        if (await client.FindAsync(resource, name, cancellation) is not { } json
            || InfrastructureDiff.Confirm(deletion, JsonNode.Parse(json.Span)!.AsObject(), gatewayUid) is not { } confirmed)
            return;
        try
        {
            await client.DeleteAsync(resource, name, new DeleteOptions { Uid = confirmed.Uid, ResourceVersion = confirmed.ResourceVersion, PropagationPolicy = "Background" }, cancellation);
            Interlocked.Increment(ref _deleted);
        }
        catch (ApiException error) when (error.IsNotFound || error.IsConflict)
        {
            // Gone, or changed since: the watch tells of it, and it is looked at again.
        }
    }

    private void Forget(InfrastructureRecord item)
    {
        lock (_lock)
        {
            if (item.Wanted is not null)
                return;
            _records.Remove(item.Gateway);
            _byLabel.Remove((item.Gateway.Namespace, item.Label));
        }
        OnProblem(item.Gateway, null);
    }

    private InfrastructureRecord Get(NamespacedName gateway, string label)
    {
        if (!_records.TryGetValue(gateway, out var record))
        {
            _records.Add(gateway, record = new InfrastructureRecord(gateway, label));
            _byLabel[(gateway.Namespace, label)] = record;
        }
        return record;
    }

    private void Schedule(InfrastructureRecord record, TimeSpan wait)
    {
        var due = Clock.Steady() + wait;
        if (record.Due is null || record.Due > due)
            record.Due = due;
    }

    private static string? Owner(JsonObject body) => (body["metadata"]?["ownerReferences"] as JsonArray)?
        .Where(owner => ConditionMerge.Text(owner, "kind") == "Gateway")
        .Select(owner => ConditionMerge.Text(owner, "name"))
        .FirstOrDefault();

    private static ApiResource Resource(ObjectIdentity identity)
    {
        var slash = identity.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", identity.ApiVersion) : (identity.ApiVersion[..slash], identity.ApiVersion[(slash + 1)..]);
        return (ApiResources.Find(group, identity.Kind) ?? throw new ArgumentException($"{identity.Kind} of {identity.ApiVersion} is nothing that is made for a Gateway.", nameof(identity))) with { Version = version };
    }

    private static NamespacedName Name(ObjectIdentity identity) => new(identity.Namespace, identity.Name);
}
