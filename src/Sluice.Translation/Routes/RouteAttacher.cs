using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Hosts;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Decides to which listeners of our Gateways a route attaches, and what each parent says of it.</summary>
internal sealed class RouteAttacher(IReadOnlyDictionary<NamespacedName, GatewayState> gateways, RouteStatusInterner statuses)
{
    /// <summary>Whether any parentRef names a Gateway of ours.</summary>
    public bool Concerns(HttpRoute route)
    {
        foreach (var parent in route.ParentRefs)
        {
            if (Find(route, parent) is not null)
                return true;
        }
        return false;
    }

    public (Attachment[] Attachments, RouteStatus Status) Attach(HttpRoute route, RouteVerdict verdict, NamespaceLabels namespaces, RouteStatus? previous)
    {
        var attachments = new List<Attachment>(1);
        var parents = new List<RouteParentStatus>(1);
        foreach (var parent in route.ParentRefs)
        {
            if (Find(route, parent) is not { } gateway)
                continue;
            var refused = Attach(route, parent, gateway, namespaces, attachments);
            var filled = parent.Namespace is null ? parent with { Namespace = route.Metadata.Namespace } : parent;
            parents.Add(new RouteParentStatus(filled, gateway.Evaluation.ControllerName, statuses.Conditions(refused, verdict, route.Metadata.Generation)));
        }
        return (attachments.ToArray(), statuses.Status(parents, previous));
    }

    private GatewayState? Find(HttpRoute route, ParentReference parent)
    {
        if (parent.Group != GatewayApiGroup.Name || parent.Kind != "Gateway")
            return null;
        return gateways.GetValueOrDefault(new NamespacedName(parent.Namespace ?? route.Metadata.Namespace, parent.Name));
    }

    // The order of the checks is the order of the reasons: is there such a listener, may the route use it, have the two a
    // hostname in common. One listener that passes all three suffices.
    private static Finding? Attach(HttpRoute route, ParentReference parent, GatewayState gateway, NamespaceLabels namespaces, List<Attachment> attachments)
    {
        var evaluation = gateway.Evaluation;
        List<string>? denials = null;
        List<string>? misses = null;
        var attached = false;
        foreach (var listener in evaluation.Listeners)
        {
            if (!Selects(parent, listener.Spec))
                continue;
            if (Deny(route, evaluation.Gateway, listener, namespaces) is { } denial)
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
            attached = true;
            var table = gateway.Table(listener.Spec.Name);
            foreach (var hostname in hostnames)
            {
                var attachment = new Attachment(table, hostname);
                if (!attachments.Contains(attachment))
                    attachments.Add(attachment);
            }
        }
        if (attached)
            return null;
        if (misses is not null)
            return new Finding(Reason.NoMatchingListenerHostname, $"no hostname in common with {string.Join(", ", route.Hostnames)}: {string.Join("; ", misses)}");
        return denials is not null
            ? new Finding(Reason.NotAllowedByListeners, string.Join("; ", denials))
            : new Finding(Reason.NoMatchingParent, NoMatchingParent(parent, evaluation.Gateway));
    }

    private static bool Selects(ParentReference parent, GatewayListener listener) =>
        (string.IsNullOrEmpty(parent.SectionName) || parent.SectionName == listener.Name)
        && (parent.Port is null || parent.Port == listener.Port);

    private static string? Deny(HttpRoute route, Gateway gateway, ListenerEvaluation listener, NamespaceLabels namespaces)
    {
        if (listener.Refused is not null)
            return $"is not accepted ({listener.Refused.Reason})";
        if (!listener.SupportedKinds.Contains(ListenerProtocols.HttpRoute))
            return "does not allow kind HTTPRoute";
        var allowed = listener.Spec.AllowedRoutes;
        var from = route.Metadata.Namespace;
        return allowed.From switch
        {
            FromNamespaces.All => null,
            FromNamespaces.Same => from == gateway.Metadata.Namespace ? null : $"allows routes of namespace \"{gateway.Metadata.Namespace}\" only",
            FromNamespaces.Selector => allowed.Selector is { } selector && selector.Matches(namespaces.Of(from)) ? null : $"does not select namespace \"{from}\"",
            _ => "allows no routes",
        };
    }

    private static string NoMatchingParent(ParentReference parent, Gateway gateway)
    {
        var wanted = string.IsNullOrEmpty(parent.SectionName)
            ? $"with port {parent.Port}"
            : parent.Port is { } port ? $"\"{parent.SectionName}\" with port {port}" : $"\"{parent.SectionName}\"";
        var present = string.Join(", ", gateway.Listeners.Select(listener => $"{listener.Name} ({listener.Port})"));
        return $"Gateway \"{gateway.Key}\" has no listener {wanted}; there are {present}";
    }
}
