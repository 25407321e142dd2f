using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Changes;
using Sluice.Translation.Clusters;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Routes;

/// <summary>
/// Finds the routes that something else than themselves changed for. Nothing is stored per route: its references are in the
/// route, and looking them up in small sets of changes costs less than an index would.
/// </summary>
internal sealed class RouteDependencies
{
    private readonly HashSet<NamespacedName> _services = [];
    private readonly HashSet<string> _grantNamespaces = new(StringComparer.Ordinal);
    private readonly SnapshotChanges _changes;
    private readonly IReadOnlySet<ParentKey> _parents;
    private readonly IReadOnlySet<ParentKey> _repoliced;
    private readonly IReadOnlySet<NamespacedName> _backends;

    /// <param name="before">The snapshot before.</param>
    /// <param name="after">The snapshot now.</param>
    /// <param name="changes">What differs between them.</param>
    /// <param name="parents">The Gateways and ListenerSets that came or went, or that take other routes than before.</param>
    /// <param name="retargeted">The Services whose BackendTLSPolicies changed.</param>
    /// <param name="repoliced">The Gateways and ListenerSets whose routes have other policies than before.</param>
    /// <param name="backends">The Backends that came, went or may be of another use than before.</param>
    public RouteDependencies(ResourceSnapshot before, ResourceSnapshot after, SnapshotChanges changes, IReadOnlySet<ParentKey> parents, IReadOnlySet<NamespacedName> retargeted, IReadOnlySet<ParentKey> repoliced, IReadOnlySet<NamespacedName> backends)
    {
        _changes = changes;
        _parents = parents;
        _repoliced = repoliced;
        _backends = backends;
        foreach (var key in changes.Services)
        {
            if (!SameForRoutes(before.Services.GetValueOrDefault(key), after.Services.GetValueOrDefault(key)))
                _services.Add(key);
        }
        _services.UnionWith(retargeted);
        foreach (var key in changes.ReferenceGrants)
            _grantNamespaces.Add(key.Namespace);
    }

    /// <summary>Whether any route can be concerned at all.</summary>
    public bool Any => AnyReference || AnyParent;

    /// <summary>Whether the rules must be compiled anew.</summary>
    public bool ReferencesChanged(Layer7Route route)
    {
        if (!AnyReference)
            return false;
        foreach (var rule in route.CommonRules)
        {
            if (FiltersChanged(route, rule.Filters))
                return true;
            foreach (var reference in rule.BackendRefs)
            {
                if (BackendChanged(route, reference) || FiltersChanged(route, reference.Filters))
                    return true;
            }
        }
        return false;
    }

    /// <inheritdoc cref="ReferencesChanged(Layer7Route)"/>
    public bool ReferencesChanged(Layer4Route route)
    {
        if (!AnyReference)
            return false;
        foreach (var reference in route.Rule.BackendRefs)
        {
            if (BackendChanged(route, reference))
                return true;
        }
        return false;
    }

    /// <summary>Whether the route must be attached anew.</summary>
    public bool ParentsChanged(Route route)
    {
        if (!AnyParent)
            return false;
        if (_changes.Namespaces.Contains(new NamespacedName("", route.Metadata.Namespace)))
            return true;
        foreach (var parent in route.ParentRefs)
        {
            if (ParentKey.Of(route, parent) is { } key && (_parents.Contains(key) || _repoliced.Contains(key)))
                return true;
        }
        return false;
    }

    private bool AnyReference => _services.Count > 0 || _grantNamespaces.Count > 0 || _changes.DirectResponses.Count > 0 || _backends.Count > 0;

    private bool AnyParent => _parents.Count > 0 || _repoliced.Count > 0 || _changes.Namespaces.Count > 0;

    // Endpoints, TLS settings and the like concern the cluster only.
    private static bool SameForRoutes(Service? before, Service? after)
    {
        if (before is null || after is null)
            return before is null && after is null;
        return before.Type == after.Type && before.ExternalName == after.ExternalName && before.HasClientAffinity == after.HasClientAffinity && ProxyProtocolAnnotation.Value(before) == ProxyProtocolAnnotation.Value(after) && before.Ports.SequenceEqual(after.Ports);
    }

    private bool BackendChanged(Route route, BackendObjectReference reference)
    {
        var target = reference.Namespace ?? route.Metadata.Namespace;
        if (reference.Kind == "Backend" && _backends.Contains(new NamespacedName(target, reference.Name)))
            return true;
        return (_services.Count > 0 && _services.Contains(new NamespacedName(target, reference.Name)))
            || (_grantNamespaces.Count > 0 && target != route.Metadata.Namespace && _grantNamespaces.Contains(target));
    }

    private bool FiltersChanged(Route route, IReadOnlyList<HttpRouteFilter> filters)
    {
        foreach (var filter in filters)
        {
            if (filter.RequestMirror is { } mirror && BackendChanged(route, mirror.BackendRef))
                return true;
            if (filter.ExtensionRef is { } reference && _changes.DirectResponses.Contains(new NamespacedName(route.Metadata.Namespace, reference.Name)))
                return true;
        }
        return false;
    }
}
