using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.Hosts;
using Sluice.Translation.Policies.Targets;
using Sluice.Translation.Routes;
using TrafficPolicy = Sluice.Resources.Policies.Traffic.TrafficPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// Puts the policies of a route in force, from the most specific to the least: those that a filter of the rule names, those for the rule,
/// for the route, for the listener, for its ListenerSet, for the Gateway.
/// </summary>
internal sealed class RoutePolicyApplier(TrafficPolicyBook book, ResourceSnapshot snapshot)
{
    /// <summary>Whether the route may have policies at all: then its rules must be compiled before this is asked.</summary>
    public bool Concerns(Layer7Route route, Attachment[] attachments)
    {
        if (book.IsEmpty)
            return HasExtensions(route);
        if (book.LinksOf(route).Count > 0 || HasExtensions(route))
            return true;
        foreach (var attachment in attachments)
        {
            if (book.ScopeOf(attachment.Listener).Uses.Length > 0)
                return true;
        }
        return false;
    }

    /// <summary>Keeps the index of who names which policy.</summary>
    public void Replace(RouteMemo? old, RouteMemo? memo)
    {
        if (old?.Policies is { Extensions.Length: > 0 } before)
            book.Extensions.Remove(old.Route, before.Extensions);
        if (memo?.Policies is { Extensions.Length: > 0 } now)
            book.Extensions.Add(memo.Route, now.Extensions);
        book.Touch(old?.Route, old?.Policies);
        book.Touch(memo?.Route, memo?.Policies);
    }

    /// <param name="route">The route.</param>
    /// <param name="compiled">Its rules, without policies.</param>
    /// <param name="attachments">Where it serves.</param>
    /// <param name="previous">The version before: parts of equal content are taken from there.</param>
    /// <param name="policies">What is to be remembered; null when no policy concerns the route.</param>
    public CompiledRoute Apply(Layer7Route route, CompiledRoute compiled, Attachment[] attachments, RouteMemo? previous, out RoutePolicies? policies)
    {
        policies = null;
        if (!Concerns(route, attachments))
            return compiled;
        var before = previous?.Compiled.Entries ?? [];
        var clusters = new HashSet<string>(StringComparer.Ordinal);
        var scopes = new List<(PolicyScope Scope, RouteEntry[] Entries)>(1);
        Dictionary<ListenerTable, RouteEntry[]>? variants = null;
        foreach (var attachment in attachments)
        {
            var scope = book.ScopeOf(attachment.Listener);
            var place = scopes.FindIndex(known => known.Scope.IsSame(scope));
            if (place < 0)
            {
                place = scopes.Count;
                scopes.Add((scope, Entries(route, compiled.Entries, scope, [.. scopes.Select(known => known.Entries), place == 0 ? before : previous?.EntriesOn(attachment.Listener) ?? before], clusters)));
            }
            if (place > 0)
                (variants ??= [])[attachment.Listener] = scopes[place].Entries;
        }
        if (scopes.Count == 0)
            scopes.Add((PolicyScope.Empty, Entries(route, compiled.Entries, PolicyScope.Empty, [before], clusters)));
        var extensions = Extensions(route);
        policies = extensions.Length == 0 && clusters.Count == 0 && variants is null
            ? RoutePolicies.Plain
            : new RoutePolicies(extensions, [.. clusters.Order(StringComparer.Ordinal)], variants);
        return compiled with { Entries = scopes[0].Entries };
    }

    // What is the same on several listeners is one instance, whichever way it came about.
    private RouteEntry[] Entries(Layer7Route route, RouteEntry[] entries, PolicyScope scope, IReadOnlyList<RouteEntry[]> known, HashSet<string> clusters)
    {
        var links = book.LinksOf(route);
        var rules = new Dictionary<int, RouteRule>(1);
        var result = new RouteEntry[entries.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var rule = entries[i].Rule;
            if (!rules.TryGetValue(rule.Index, out var policed))
            {
                policed = Known(PolicyMerge.Apply(rule, UsesOf(route, rule, links, scope), HostOf, clusters), known);
                rules.Add(rule.Index, policed);
            }
            result[i] = Known(entries[i].Match, policed, known);
        }
        foreach (var one in known)
        {
            if (EntryReuse.Array(result, one) is var same && ReferenceEquals(same, one))
                return same;
        }
        return result;
    }

    private static RouteRule Known(RouteRule rule, IReadOnlyList<RouteEntry[]> known)
    {
        foreach (var entries in known)
        {
            if (entries.Any(entry => ReferenceEquals(entry.Rule, rule)))
                return rule;
            if (EntryReuse.Rule(rule, entries) is var same && !ReferenceEquals(same, rule))
                return same;
        }
        return rule;
    }

    private static RouteEntry Known(RouteMatch match, RouteRule rule, IReadOnlyList<RouteEntry[]> known)
    {
        foreach (var entries in known)
        {
            var same = EntryReuse.Entry(match, rule, entries);
            if (Array.Exists(entries, entry => ReferenceEquals(entry, same)))
                return same;
            match = same.Match;
        }
        return new RouteEntry(match, rule);
    }

    private IReadOnlyList<PolicyUse> UsesOf(Layer7Route route, RouteRule rule, IReadOnlyList<PolicyLink<TrafficPolicy>> links, PolicyScope scope)
    {
        var named = NamesOf(route.CommonRules[rule.Index], route);
        if (named.Count == 0 && links.Count == 0)
            return scope.Uses;
        var uses = new List<PolicyUse>();
        var ofRoute = rule.Route;
        var ofRule = $"{ofRoute}#{rule.Name ?? $"rules[{rule.Index}]"}";
        foreach (var policy in named.Select(book.Find).OfType<CompiledTrafficPolicy>().OrderBy(policy => policy.Policy, Comparer<TrafficPolicy>.Create(PolicyPrecedence.Compare)))
            uses.Add(new PolicyUse(policy, ofRule));
        foreach (var link in links)
        {
            if (link.Section is not null && link.Section == rule.Name)
                uses.Add(new PolicyUse(book.Find(link.Policy.Key)!, ofRule));
        }
        foreach (var link in links)
        {
            if (link.Section is null)
                uses.Add(new PolicyUse(book.Find(link.Policy.Key)!, ofRoute));
        }
        uses.AddRange(scope.Uses);
        return uses;
    }

    // What answers for a Service in a cluster, or outside of it.
    private string? HostOf(string cluster)
    {
        var service = ClusterIdentity.Parse(cluster).Service;
        return snapshot.Services.TryGetValue(service, out var found) && found is { Type: Resources.Core.ServiceType.ExternalName, ExternalName: { Length: > 0 } name }
            ? name.TrimEnd('.')
            : $"{service.Name}.{service.Namespace}.svc.cluster.local";
    }

    private static bool HasExtensions(Layer7Route route)
    {
        foreach (var rule in route.CommonRules)
        {
            foreach (var filter in rule.Filters)
            {
                if (IsPolicy(filter))
                    return true;
            }
        }
        return false;
    }

    private static NamespacedName[] Extensions(Layer7Route route) =>
        HasExtensions(route) ? [.. route.CommonRules.SelectMany(rule => NamesOf(rule, route)).Distinct()] : [];

    private static List<NamespacedName> NamesOf(CommonRouteRule rule, Layer7Route route)
    {
        var names = new List<NamespacedName>(0);
        foreach (var filter in rule.Filters)
        {
            if (IsPolicy(filter))
                names.Add(new NamespacedName(route.Metadata.Namespace, filter.ExtensionRef!.Name));
        }
        return names;
    }

    private static bool IsPolicy(HttpRouteFilter filter) => filter.ExtensionRef is { Group: GatewayApiGroup.Kgateway, Kind: "TrafficPolicy" };
}
