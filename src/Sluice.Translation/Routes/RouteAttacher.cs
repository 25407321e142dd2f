using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Hosts;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Decides to which listeners of our Gateways a route attaches, and what each parent says of it.</summary>
/// <param name="gateways">The claimed ones with their ListenerSets.</param>
/// <param name="rivals">Who serves where; null when there are routes of one kind only.</param>
/// <param name="statuses">Shares statuses of equal content.</param>
internal sealed class RouteAttacher(GatewayBook gateways, RouteRivals? rivals, RouteStatusInterner statuses)
{
    /// <summary>Whether any parentRef names a Gateway of ours, or a ListenerSet of one.</summary>
    public bool Concerns(Route route)
    {
        foreach (var parent in route.ParentRefs)
        {
            if (Find(route, parent) is not null)
                return true;
        }
        return false;
    }

    public (RoutePlaces Places, RouteStatus Status) Attach(Route route, RouteVerdict verdict, NamespaceLabels namespaces, RouteStatus? previous)
    {
        var attachments = new List<Attachment>(1);
        var claims = new List<Attachment>();
        var parents = new List<RouteParentStatus>(1);
        foreach (var parent in route.ParentRefs)
        {
            if (Find(route, parent) is not { } owner)
                continue;
            var refused = Attach(route, parent, owner, namespaces, attachments, claims);
            var filled = parent.Namespace is null ? parent with { Namespace = route.Metadata.Namespace } : parent;
            parents.Add(new RouteParentStatus(filled, owner.Gateway.Evaluation.ControllerName, statuses.Conditions(refused, verdict, route.Metadata.Generation)));
        }
        var own = attachments.ToArray();
        return (new RoutePlaces(own, claims.Count == 0 ? own : [.. own, .. claims.Where(claim => !attachments.Contains(claim))]), statuses.Status(parents, previous));
    }

    private ListenerOwner? Find(Route route, ParentReference parent) => ParentKey.Of(route, parent) is { } key ? gateways.Find(key) : null;

    // The order of the checks is the order of the reasons: is there such a listener, may the route use it, have the two a
    // hostname in common, is no route of the other kind there first. One listener that passes all of them suffices.
    private Finding? Attach(Route route, ParentReference parent, ListenerOwner owner, NamespaceLabels namespaces, List<Attachment> attachments, List<Attachment> claims)
    {
        List<string>? denials = null;
        List<string>? misses = null;
        List<string>? conflicts = null;
        var attached = false;
        foreach (var slot in owner.Slots)
        {
            var listener = slot.Evaluation;
            if (!Selects(parent, listener.Spec))
                continue;
            if (Deny(route, owner, listener, namespaces) is { } denial)
            {
                (denials ??= []).Add($"listener \"{listener.Spec.Name}\" {denial}");
                continue;
            }
            var hostnames = Hostnames.Intersect(listener.Hostname, route.Hostnames);
            if (hostnames.Count == 0)
            {
                (misses ??= []).Add($"listener \"{listener.Spec.Name}\" has hostname \"{listener.Hostname}\"");
                continue;
            }
            var table = slot.Table!;
            var elder = route is Layer7Route request ? rivals?.FindElder(request, table, hostnames) : null;
            if (elder is null)
                attached = true;
            else
                (conflicts ??= []).Add($"on listener \"{listener.Spec.Name}\" the {elder.Kind} \"{elder.Key}\", which is older or comes first by name, serves a hostname of this route");
            var places = elder is null ? attachments : claims;
            foreach (var hostname in hostnames)
            {
                var place = new Attachment(table, hostname);
                if (!places.Contains(place))
                    places.Add(place);
            }
        }
        if (attached)
            return null;
        if (conflicts is not null)
            return new Finding(Reason.HostnameConflict, $"{string.Join("; ", conflicts)}; a hostname is served by HTTPRoutes or by GRPCRoutes, never by both");
        if (misses is not null)
            return new Finding(Reason.NoMatchingListenerHostname, $"no hostname in common with {string.Join(", ", route.Hostnames)}: {string.Join("; ", misses)}");
        return denials is not null
            ? new Finding(Reason.NotAllowedByListeners, string.Join("; ", denials))
            : new Finding(Reason.NoMatchingParent, NoMatchingParent(parent, owner));
    }

    private static bool Selects(ParentReference parent, GatewayListener listener) =>
        (string.IsNullOrEmpty(parent.SectionName) || parent.SectionName == listener.Name)
        && (parent.Port is null || parent.Port == listener.Port);

    private static string? Deny(Route route, ListenerOwner owner, ListenerEvaluation listener, NamespaceLabels namespaces)
    {
        if (listener.Refused is not null)
            return $"is not accepted ({listener.Refused.Reason})";
        if (!listener.SupportedKinds.Any(kind => kind.Group == GatewayApiGroup.Name && kind.Kind == route.Kind))
            return $"does not allow kind {route.Kind}";

        // "Same" is the namespace of the object that the listener is of (GEP-1713).
        var own = owner.Key.Name.Namespace;
        var allowed = listener.Spec.AllowedRoutes;
        var from = route.Metadata.Namespace;
        return allowed.From switch
        {
            FromNamespaces.All => null,
            FromNamespaces.Same => from == own ? null : $"allows routes of namespace \"{own}\" only",
            FromNamespaces.Selector => allowed.Selector is { } selector && selector.Matches(namespaces.Of(from)) ? null : $"does not select namespace \"{from}\"",
            _ => "allows no routes",
        };
    }

    private static string NoMatchingParent(ParentReference parent, ListenerOwner owner)
    {
        var wanted = string.IsNullOrEmpty(parent.SectionName)
            ? $"with port {parent.Port}"
            : parent.Port is { } port ? $"\"{parent.SectionName}\" with port {port}" : $"\"{parent.SectionName}\"";
        var present = string.Join(", ", owner.Slots.Select(slot => $"{slot.Alone.Spec.Name} ({slot.Alone.Spec.Port})"));
        return $"{parent.Kind} \"{owner.Key.Name}\" has no listener {wanted}; there are {present}";
    }
}
